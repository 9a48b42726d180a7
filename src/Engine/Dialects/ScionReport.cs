using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Dialects;

/// <summary>A pod's reading, completed by what its agent says of itself.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Activity">What the agent says that it does; null when it says nothing that counts, and the screen decides.</param>
/// <param name="ActivityReason">The same in its own words; empty when it says nothing. Plain; may quote the agent.</param>
internal sealed record ScionReport(RuntimeReading Reading, Activity? Activity, string ActivityReason);
