using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Reads what Gas City's controller notes in the environment of a session.</summary>
internal static class SessionMarks
{
    /// <summary>The mark, or null.</summary>
    /// <exception cref="TmuxException">The session is gone, or the link ended.</exception>
    public static async Task<GasCityMark?> ReadAsync(ITmuxClient client, string sessionId, CancellationToken cancellationToken)
    {
        var replies = await client.RequireAsync(TmuxCommandLine.Of("show-environment", "-t", sessionId), cancellationToken);
        return Parse(replies[0].Text);
    }

    /// <summary>The mark in what <c>show-environment</c> prints: <c>KEY=VALUE</c> a line, <c>-KEY</c> for what is taken out.</summary>
    public static GasCityMark? Parse(string environment)
    {
        var lines = environment.Split('\n');
        return GasCityMark.Of(name => lines.FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..]);
    }
}
