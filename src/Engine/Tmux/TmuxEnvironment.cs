namespace AgentDeck.Engine.Tmux;

/// <summary>Reads and writes the environment of a session: metadata that every tool can see. Values may be secrets.</summary>
internal static class TmuxEnvironment
{
    /// <summary>Sets a variable.</summary>
    /// <exception cref="TmuxException">The session is gone, the link ended, or the server did not answer in time.</exception>
    public static Task SetAsync(ITmuxClient client, string sessionId, string name, string value, CancellationToken cancellationToken) =>
        client.RequireAsync(TmuxCommandLine.Of("set-environment", "-t", sessionId, "--", name, value), cancellationToken);

    /// <summary>Removes a variable; succeeds when there is none.</summary>
    /// <exception cref="TmuxException">The session is gone, the link ended, or the server did not answer in time.</exception>
    public static Task UnsetAsync(ITmuxClient client, string sessionId, string name, CancellationToken cancellationToken) =>
        client.RequireAsync(TmuxCommandLine.Of("set-environment", "-t", sessionId, "-u", "--", name), cancellationToken);

    /// <summary>The value of a variable of this session; null when it has none or hides it from new programs.</summary>
    /// <exception cref="TmuxException">The session is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task<string?> GetAsync(ITmuxClient client, string sessionId, string name, CancellationToken cancellationToken)
    {
        // Reading all of them tells "never set" apart from "no such session" without looking at an error's words; a value
        // may have several lines, so the one that was asked for is then read alone.
        var names = await client.RequireAsync(TmuxCommandLine.Of("show-environment", "-t", sessionId), cancellationToken);
        var start = name + "=";
        if (!names[0].Text.Split('\n').Any(line => line.StartsWith(start, StringComparison.Ordinal)))
        {
            return null;
        }

        var replies = await client.ExecuteAsync(TmuxCommandLine.Of("show-environment", "-t", sessionId, "--", name), cancellationToken);
        var text = replies[0].Text;
        return !replies[0].IsError && text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : null;
    }
}
