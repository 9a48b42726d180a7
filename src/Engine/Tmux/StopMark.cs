namespace AgentDeck.Engine.Tmux;

/// <summary>
/// The mark that a stop was asked for, kept as an option of the session itself: so every deck that watches the server, and
/// one that starts later, tells a wanted end from a failure.
/// </summary>
internal static class StopMark
{
    /// <summary>A format that is 1 on a marked session, else 0. Its value cannot be chosen by a program.</summary>
    public const string Format = "#{==:#{" + Option + "},1}";

    private const string Option = "@agentdeck_stop";

    /// <summary>Sets the mark on a session.</summary>
    /// <exception cref="TmuxException">tmux refused or the link ended.</exception>
    public static Task SetAsync(ITmuxClient client, string sessionId, CancellationToken cancellationToken) =>
        client.RequireAsync(TmuxCommandLine.Of("set-option", "-t", sessionId, Option, "1"), cancellationToken);

    /// <summary>A command line that takes the mark away.</summary>
    public static TmuxCommandLine Clear(string sessionId) => TmuxCommandLine.Of("set-option", "-u", "-t", sessionId, Option);
}
