using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>Says failures of tmux in the words of the ports, which know no tmux.</summary>
internal static class TmuxFailures
{
    /// <summary>The same failure for callers of a port.</summary>
    public static TransportException ToTransport(TmuxException failure) => new(
        failure.Fault switch
        {
            TmuxFault.ServerGone or TmuxFault.NoSessions or TmuxFault.TargetGone => TransportFault.Gone,
            TmuxFault.ProgramMissing => TransportFault.ProgramMissing,
            TmuxFault.Denied or TmuxFault.Refused or TmuxFault.DuplicateSession or TmuxFault.StillActive or TmuxFault.TooOld or TmuxFault.VersionMismatch => TransportFault.Denied,
            TmuxFault.Unreachable => TransportFault.Unreachable,
            TmuxFault.Cut => TransportFault.Cut,
            _ => throw new ArgumentOutOfRangeException(nameof(failure), failure.Fault, "unknown tmux fault"),
        },
        failure.Message,
        failure);

    /// <summary>What the operator can do about a server that cannot be watched: one sentence after what tmux said.</summary>
    public static string Explain(TmuxException failure) => failure.Fault switch
    {
        TmuxFault.ProgramMissing => "there is no tmux in PATH; install it, for example with apt install tmux or brew install tmux",
        TmuxFault.TooOld => $"{failure.Message}; AgentDeck needs tmux 3.2 or newer for that",
        TmuxFault.VersionMismatch => $"{failure.Message}; the server is of another tmux version than the tmux in PATH: use the same, or end that server",
        TmuxFault.Denied => $"{failure.Message}; the socket belongs to another user",
        _ => failure.Message,
    };
}
