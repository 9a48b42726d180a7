namespace AgentDeck.Engine.Dialects;

/// <summary>One agent of the platform, from its session, its pod, or both.</summary>
/// <param name="Name">The session's name.</param>
/// <param name="Reading">What both say of it.</param>
/// <param name="Details">What the session tells beside; null when there is only a pod.</param>
internal sealed record AmbientAgent(string Name, RuntimeReading Reading, AmbientDetails? Details);
