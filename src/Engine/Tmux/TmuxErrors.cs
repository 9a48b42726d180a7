using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Tells tmux's failures apart by tmux's own words, which are its protocol: a control client has no other error code.
/// The only place where the text of an error is looked at.
/// </summary>
internal static class TmuxErrors
{
    /// <summary>The fault that a message of tmux stands for.</summary>
    public static TmuxFault Classify(string message)
    {
        if (message.Contains("no server running on", StringComparison.Ordinal) || message.Contains("server exited", StringComparison.Ordinal))
        {
            return TmuxFault.ServerGone;
        }

        if (message.Contains("error connecting to", StringComparison.Ordinal))
        {
            // Without the server's consent nothing is known of what runs there, so it is not "gone".
            return message.Contains("ermission denied", StringComparison.Ordinal) || message.Contains("not permitted", StringComparison.Ordinal)
                ? TmuxFault.Denied
                : message.Contains("No such file", StringComparison.Ordinal) || message.Contains("refused", StringComparison.Ordinal)
                    ? TmuxFault.ServerGone
                    : TmuxFault.Unreachable;
        }

        if (message.Contains("access not allowed", StringComparison.Ordinal))
        {
            return TmuxFault.Denied;
        }

        if (message.Contains("no sessions", StringComparison.Ordinal))
        {
            return TmuxFault.NoSessions;
        }

        if (message.Contains("can't find ", StringComparison.Ordinal) || message.Contains("no such session", StringComparison.Ordinal))
        {
            return TmuxFault.TargetGone;
        }

        if (message.Contains("duplicate session", StringComparison.Ordinal))
        {
            return TmuxFault.DuplicateSession;
        }

        if (message.Contains("still active", StringComparison.Ordinal))
        {
            return TmuxFault.StillActive;
        }

        if (message.Contains("server version is too", StringComparison.Ordinal) || message.Contains("protocol version mismatch", StringComparison.Ordinal))
        {
            return TmuxFault.VersionMismatch;
        }

        return message.Contains("unknown option", StringComparison.Ordinal) || message.Contains("unknown flag", StringComparison.Ordinal)
            || message.Contains("usage: ", StringComparison.Ordinal) || message.Contains("illegal option", StringComparison.Ordinal)
            || message.Contains("invalid option -- ", StringComparison.Ordinal)
            ? TmuxFault.TooOld
            : TmuxFault.Refused;
    }

    /// <summary>The fault behind a transport's failure.</summary>
    public static TmuxFault Classify(TransportFault fault) => fault switch
    {
        TransportFault.Unreachable or TransportFault.TimedOut => TmuxFault.Unreachable,
        TransportFault.ProgramMissing => TmuxFault.ProgramMissing,
        TransportFault.Denied => TmuxFault.Denied,
        TransportFault.Gone => TmuxFault.ServerGone,
        TransportFault.Cut => TmuxFault.Cut,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "unknown transport fault"),
    };

    /// <summary>An exception for what a shell says where there is no tmux.</summary>
    public static TmuxException NoProgram(TmuxAddress address) => new(TmuxFault.ProgramMissing, $"tmux on {address}: there is no tmux");

    /// <summary>An exception for a message that tmux printed.</summary>
    public static TmuxException ToException(string message, TmuxAddress address)
    {
        var said = PlainText.Sanitize(message.Trim(), 300);
        return new TmuxException(Classify(message), $"tmux on {address}: {(said.Length == 0 ? "failed without a message" : said)}");
    }

    /// <summary>An exception for a transport that failed.</summary>
    public static TmuxException ToException(TransportException failure, TmuxAddress address) =>
        new(Classify(failure.Fault), $"tmux on {address}: {failure.Message}", failure);
}
