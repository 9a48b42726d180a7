using System.Collections.Immutable;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>Which tmux server is meant.</summary>
/// <param name="Socket">The name of its socket as for <c>tmux -L</c>, or a path as for <c>tmux -S</c> when it contains a slash.</param>
internal sealed record TmuxAddress(string Socket)
{
    private static readonly ImmutableDictionary<string, string?> Environment =
        // With these a client would take itself for one inside a session of another server.
        ImmutableDictionary<string, string?>.Empty.Add("TMUX", null).Add("TMUX_PANE", null);

    /// <summary>How those who use the server at the same time keep out of each other's way; by default they need not.</summary>
    public ITmuxTurns Turns { get; init; } = NoTurns.Instance;

    /// <summary>Whether a client goes on for a while when its stream was closed, as in a pod: then it is asked to leave first.</summary>
    public bool ClientsLinger { get; init; }

    /// <summary>A client of this server that never starts one (<c>-N</c>) and speaks UTF-8 (<c>-u</c>).</summary>
    public CommandSpec Client(params ReadOnlySpan<string> arguments) => Command(["-N", .. arguments]);

    /// <summary>
    /// A client of this server that starts one when there is none, with an empty configuration, and then runs the command
    /// lines that it reads from its standard input.
    /// </summary>
    public CommandSpec StartingClient() => Command(["-f", "/dev/null", "start-server", ";", "source-file", "-"]);

    /// <summary>A client of this server that runs these commands and ends, of any version (<c>-N</c> came with 3.2). They must not be of those that start a server.</summary>
    public CommandSpec OneShot(IEnumerable<string> commands) => Command([.. commands]);

    /// <inheritdoc/>
    public override string ToString() => $"socket {Socket}";

    private CommandSpec Command(ReadOnlySpan<string> arguments) => new()
    {
        Program = "tmux",
        Arguments = [Socket.Contains('/') ? "-S" : "-L", Socket, "-u", .. arguments],
        Environment = Environment,
    };
}
