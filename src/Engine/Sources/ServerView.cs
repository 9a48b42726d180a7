using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources;

/// <summary>How a source sees its server.</summary>
/// <param name="Link">Whether it answers.</param>
/// <param name="WasListed">Whether its sessions were ever listed, or it was found not to run.</param>
/// <param name="ServerGone">Whether the server that was watched died, and none came back.</param>
/// <param name="Error">What is wrong with the link and what to do, or null.</param>
/// <param name="Origin">Where values come from, for people: <c>tmux -L agentdeck</c>.</param>
internal readonly record struct ServerView(SourceLink Link, bool WasListed, bool ServerGone, string? Error, string Origin);
