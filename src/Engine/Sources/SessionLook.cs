using System.Collections.Immutable;

namespace AgentDeck.Engine.Sources;

/// <summary>What one look at a session's screen showed.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Lines">The last lines with text.</param>
/// <param name="Command">The command in its pane.</param>
internal sealed record SessionLook(string SessionId, ImmutableArray<string> Lines, string Command);
