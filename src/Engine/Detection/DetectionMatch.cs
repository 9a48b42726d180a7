using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>A rule that matches a screen.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Origin">The file that declares it.</param>
/// <param name="Activity">What it says.</param>
/// <param name="Priority">The highest that holds decides.</param>
/// <param name="Line">The line that matched, plain and short; may be empty.</param>
/// <param name="Holds">Whether it holds at such a moment: some rules do only while output comes, others only when none does.</param>
public sealed record DetectionMatch(string Rule, string Origin, Activity Activity, int Priority, string Line, bool Holds);
