namespace AgentDeck.Engine.Configuration;

/// <summary>A tmux server on this machine.</summary>
/// <param name="Name">Its unique name.</param>
/// <param name="SocketName">The socket, as for <c>tmux -L</c>; <c>default</c> is the operator's own server, in which nothing is ever started or changed unasked.</param>
public sealed record LocalSourceSpec(string Name, string SocketName) : SourceSpec(Name);
