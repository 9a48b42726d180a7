using System.Collections.Frozen;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// Which requests the platform is given in which phase, as a table. It keeps one request at a time, acts on it, and clears it; one that
/// changes nothing would stay for ever. Pure and total.
/// </summary>
internal static class AmbientTransitions
{
    /// <summary>The request for a start.</summary>
    public const string Running = "Running";

    /// <summary>The request for a stop.</summary>
    public const string Stopped = "Stopped";

    /// <summary>How long the platform may take to act on a request until it counts as one that nobody answers.</summary>
    public static readonly TimeSpan UnansweredAfter = TimeSpan.FromSeconds(60);

    /// <summary>What that means.</summary>
    public const string NobodyAnswers = "it was asked for, and nobody acts on it: does the platform's operator run?";

    private static readonly FrozenDictionary<string, Row> Table = new Dictionary<string, Row>
    {
        // In each: while nothing is asked for, while a start is, while a stop is.
        ["Pending"] = new([AmbientStep.Nothing, AmbientStep.Nothing, AmbientStep.Withdraw], [AmbientStep.Ask, AmbientStep.Ask, AmbientStep.Nothing]),
        ["Creating"] = new([AmbientStep.Nothing, AmbientStep.Nothing, AmbientStep.Withdraw], [AmbientStep.Ask, AmbientStep.Ask, AmbientStep.Nothing]),
        ["Running"] = new([AmbientStep.Nothing, AmbientStep.Nothing, AmbientStep.Withdraw], [AmbientStep.Ask, AmbientStep.Ask, AmbientStep.Nothing]),
        ["Stopping"] = new([AmbientStep.Ask, AmbientStep.Nothing, AmbientStep.Ask], [AmbientStep.Nothing, AmbientStep.Ask, AmbientStep.Nothing]),
        ["Stopped"] = new([AmbientStep.Ask, AmbientStep.Nothing, AmbientStep.Ask], [AmbientStep.Nothing, AmbientStep.Withdraw, AmbientStep.Nothing]),
        ["Completed"] = new([AmbientStep.Ask, AmbientStep.Nothing, AmbientStep.Ask], [AmbientStep.Nothing, AmbientStep.Withdraw, AmbientStep.Nothing]),
        ["Failed"] = new([AmbientStep.Ask, AmbientStep.Nothing, AmbientStep.Ask], [AmbientStep.Nothing, AmbientStep.Withdraw, AmbientStep.Nothing]),
    }.ToFrozenDictionary();

    /// <summary>The phases of which something is known.</summary>
    public static IEnumerable<string> Phases => Table.Keys;

    /// <summary>What a request for a start or a stop comes to.</summary>
    /// <param name="phase">The session's phase, verbatim.</param>
    /// <param name="asked">What is asked for already, verbatim; null when nothing is.</param>
    /// <param name="start">Whether a start is wanted, else a stop.</param>
    public static AmbientStep Of(string phase, string? asked, bool start) =>
        !Table.TryGetValue(phase, out var row) ? AmbientStep.Unknown
        // A word that nobody knows is replaced like the opposite of what is wanted.
        : (start ? row.Start : row.Stop)[asked switch { null => 0, Running => 1, Stopped => 2, _ => start ? 2 : 1 }];

    /// <summary>Whether the platform acts on what it was asked for, or did.</summary>
    public static bool IsAnswered(string phase, string? asked) => asked switch
    {
        Running => phase is "Creating" or "Running",
        Stopped => phase is "Stopping" or "Stopped",
        _ => true,
    };

    private sealed record Row(AmbientStep[] Start, AmbientStep[] Stop);
}
