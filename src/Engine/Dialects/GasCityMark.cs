using System.Globalization;

namespace AgentDeck.Engine.Dialects;

/// <summary>What Gas City noted about a session in its tmux environment. It is gone when the session is.</summary>
/// <param name="Word">CamelCase, for machines: <c>Draining</c>, <c>DrainAcknowledged</c> or <c>RestartRequested</c>.</param>
/// <param name="Message">One plain sentence for people.</param>
/// <param name="Since">Since when, when it says so.</param>
internal sealed record GasCityMark(string Word, string Message, DateTimeOffset? Since)
{
    private const string Drain = "GC_DRAIN";
    private const string Acknowledged = "GC_DRAIN_ACK";
    private const string Reason = "GC_DRAIN_REASON";
    private const string Restart = "GC_RESTART_REQUESTED";

    /// <summary>The variables of the session that are read.</summary>
    public static IReadOnlyList<string> Variables { get; } = [Drain, Acknowledged, Reason, Restart];

    /// <summary>The mark that weighs most, or null when there is none.</summary>
    /// <param name="variable">The value of a variable of the session's environment; null or empty when it is not set.</param>
    public static GasCityMark? Of(Func<string, string?> variable)
    {
        var drain = variable(Drain);
        if (variable(Acknowledged) == "1")
        {
            return new GasCityMark("DrainAcknowledged", "it is done and waits to be stopped", Moment(drain));
        }

        if (!string.IsNullOrEmpty(drain))
        {
            return new GasCityMark("Draining", PodEnds.Sentence("it was asked to finish its work", variable(Reason)), Moment(drain));
        }

        var restart = variable(Restart);
        return string.IsNullOrEmpty(restart) ? null : new GasCityMark("RestartRequested", "a restart was asked for", Moment(restart));
    }

    private static DateTimeOffset? Moment(string? seconds) =>
        long.TryParse(seconds, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(value)
            : null;
}
