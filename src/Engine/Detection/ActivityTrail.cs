using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>
/// What one agent was seen to do, and what it may be about to do: a change is shown when it held, so that one burst of output, a
/// spinner or a clock does not make an agent flap. What is certain is shown at once. Pure: every step gives a new trail.
/// </summary>
internal sealed record ActivityTrail
{
    /// <summary>Nobody looked yet.</summary>
    public static readonly ActivityTrail Unseen = new();

    /// <summary>Output counts as flowing until none came for this long. tmux tells activity in whole seconds.</summary>
    internal static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(3);

    /// <summary>How long a change must hold before it is shown.</summary>
    internal static readonly TimeSpan Hold = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SoonestLook = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LatestLook = TimeSpan.FromSeconds(10);

    /// <summary>What is shown.</summary>
    public ActivityJudgement Shown { get; init; } = ActivityJudgement.None;

    /// <summary>What will be shown if it holds, or null.</summary>
    public ActivityJudgement? Pending { get; private init; }

    /// <summary>How long after a look the next one is worth its cost while output goes on.</summary>
    public TimeSpan LookAgainAfter { get; private init; } = LatestLook;

    // Since when Pending holds.
    private DateTimeOffset PendingSince { get; init; }

    // What the last look saw, and since when looks see the same.
    private ulong? Fingerprint { get; init; }

    private DateTimeOffset SameSince { get; init; }

    // Whether output by itself means work: not where it was seen to change nothing, and not where the screen tells for certain.
    private bool OutputTells { get; init; } = true;

    /// <summary>Output came.</summary>
    public ActivityTrail NoteOutput(DateTimeOffset now) => !OutputTells ? this
        : Shown.Activity == Activity.Busy ? this with { Pending = null }
        : Offer(ActivityJudgement.Output, isCertain: false, now);

    /// <summary>The agent itself said what it does; output that comes later says more.</summary>
    public ActivityTrail NoteReport(ActivityJudgement said) => this with { Shown = said, Pending = null, OutputTells = true };

    /// <summary>Somebody looked at the screen.</summary>
    /// <param name="screen">What was seen.</param>
    /// <param name="command">The command in the pane, or null.</param>
    /// <param name="quiet">How long no output came; null when that is not known, which counts as long.</param>
    /// <param name="rules">What reads an activity off a screen.</param>
    /// <param name="redact">Takes secrets out of what is kept of the screen.</param>
    /// <param name="now">The time of the look.</param>
    public ActivityTrail NoteLook(AgentScreen screen, string? command, TimeSpan? quiet, RuleSet rules, Func<string, string> redact, DateTimeOffset now)
    {
        var hasOutput = quiet < QuietAfter;
        var isSame = Fingerprint == screen.Fingerprint;
        var isStill = isSame && now - SameSince >= Hold;
        var (seen, isCertain) = rules.Judge(screen, command, new ScreenMoment(IsSettled: isStill || !hasOutput, hasOutput));
        var rests = isCertain && seen.Activity != Activity.Busy;
        var next = this with
        {
            Fingerprint = screen.Fingerprint,
            SameSince = isSame ? SameSince : now,
            OutputTells = !rests && !(hasOutput && isStill),
        };

        // An agent at work shows its empty prompt for a moment between two steps.
        var mayBePause = Shown.Activity == Activity.Busy && seen.Activity is Activity.Waiting or Activity.Idle;
        next = next.Offer(seen with { Why = redact(seen.Why) }, isCertain: isStill || !hasOutput || (isCertain && !mayBePause), now);
        return next with { LookAgainAfter = next.Pace(hasOutput, isSame) };
    }

    private ActivityTrail Offer(ActivityJudgement seen, bool isCertain, DateTimeOffset now)
    {
        if (isCertain || Shown.Activity == Activity.None || seen.Activity == Shown.Activity)
        {
            return this with { Shown = seen, Pending = null };
        }

        if (Pending?.Activity != seen.Activity)
        {
            return this with { Pending = seen, PendingSince = now };
        }

        return now - PendingSince >= Hold ? this with { Shown = seen, Pending = null } : this with { Pending = seen };
    }

    // A busy agent is looked at now and then, one that may become busy soon, one that only ticks ever more seldom.
    private TimeSpan Pace(bool hasOutput, bool isSame) =>
        !hasOutput || Pending is not null ? SoonestLook
        : Shown.Activity == Activity.Busy ? LatestLook
        : !isSame ? SoonestLook
        : LookAgainAfter * 2 < LatestLook ? LookAgainAfter * 2 : LatestLook;
}
