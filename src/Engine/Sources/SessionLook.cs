using AgentDeck.Engine.Detection;

namespace AgentDeck.Engine.Sources;

/// <summary>What one look at a session's screen showed.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Screen">The screen.</param>
/// <param name="Command">The command in its pane.</param>
internal sealed record SessionLook(string SessionId, AgentScreen Screen, string Command);
