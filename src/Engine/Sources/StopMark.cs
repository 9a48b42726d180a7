using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// The mark that a stop was asked for, kept as an option of the session itself: so every deck that watches the server, and
/// one that starts later, tells a wanted end from a failure.
/// </summary>
internal static class StopMark
{
    private const string Option = "@agentdeck_stop";

    /// <summary>Sets the mark on a session.</summary>
    /// <exception cref="TmuxException">tmux refused or the link ended.</exception>
    public static Task SetAsync(TmuxLink link, string sessionId, CancellationToken cancellationToken) =>
        link.RequireAsync(TmuxCommandLine.Of("set-option", "-t", sessionId, Option, "1"), cancellationToken);

    /// <summary>A command line that takes the mark away.</summary>
    public static TmuxCommandLine Clear(string sessionId) => TmuxCommandLine.Of("set-option", "-u", "-t", sessionId, Option);

    /// <summary>What tmux knows about the end of a pane's program.</summary>
    /// <exception cref="TmuxException">The link ended.</exception>
    public static async Task<SessionEnd> ReadAsync(TmuxLink link, string paneId, CancellationToken cancellationToken)
    {
        var replies = await link.ExecuteAsync(TmuxCommandLine.Of("display-message", "-p", "-t", paneId, $"#{{{Option}}} #{{pane_dead_signal}}"), cancellationToken);
        var fields = replies[^1].IsError ? [] : replies[^1].Text.Split(' ');
        return fields.Length == 2 ? new SessionEnd(fields[0] == "1", TmuxValues.OptionalNumber(fields[1])) : default;
    }
}
