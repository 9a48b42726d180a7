namespace AgentDeck.Engine.Sources;

/// <summary>What is known about the end of a session's program beside its exit code.</summary>
/// <param name="WasWanted">Whether a deck, this one or another, had announced a stop.</param>
/// <param name="Signal">The signal that ended it, when tmux tells.</param>
internal readonly record struct SessionEnd(bool WasWanted, int? Signal);
