using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Notifications;

/// <summary>Which transition of an agent is worth telling, and in what words. Pure.</summary>
internal static class NotificationRules
{
    /// <summary>How long an agent may be busy or limited without any output. Scion's limit, too.</summary>
    internal static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(5);

    // Half a screen row of reason, and a sentence that no channel has to cut.
    private const int ReasonLimit = 120;
    private const int MessageLimit = 300;

    /// <summary>The kind of a transition, or null when it is not worth telling.</summary>
    /// <param name="happened">The transition.</param>
    /// <param name="before">The agent as it was last seen before, or null when it was not known.</param>
    /// <param name="phase">The phase that it was last in.</param>
    public static NotificationKind? KindOf(FleetEvent happened, Agent? before, AgentPhase phase) => happened switch
    {
        PhaseChanged { To: AgentPhase.Failed } => NotificationKind.Failed,
        PhaseChanged { To: AgentPhase.Completed } => NotificationKind.Completed,

        // An approval is news after a question, but the question that follows it was told with it.
        ActivityChanged { To: Activity.Blocked } => NotificationKind.NeedsInput,
        ActivityChanged { To: Activity.Waiting, From: not Activity.Blocked } => NotificationKind.NeedsInput,
        ConditionChanged { Type: ConditionTypes.Stuck, Holds: true } => NotificationKind.Stalled,
        AgentGone when before?.Upkeep.Request is { Kind: RequestKind.Stop } => null,
        AgentGone when phase is AgentPhase.Starting or AgentPhase.Running => NotificationKind.Gone,
        AgentGone when before?.Spec is not null && phase is AgentPhase.Pending or AgentPhase.Unknown => NotificationKind.Gone,
        _ => null,
    };

    /// <summary>When an agent that goes on as it is has stalled; null when silence means nothing in the state that it is in.</summary>
    public static DateTimeOffset? StallsAt(Agent agent) =>
        agent.Status is { Phase: AgentPhase.Running, Activity: Activity.Busy or Activity.Limited, LastActivity: { } last } ? last + SilenceLimit : null;

    /// <summary>Tells a transition.</summary>
    /// <param name="kind">What <see cref="KindOf"/> said.</param>
    /// <param name="happened">The transition.</param>
    /// <param name="agent">The agent now, or as it was last seen; null when it is not known any more.</param>
    /// <param name="redact">Removes secrets.</param>
    public static Notification Tell(NotificationKind kind, FleetEvent happened, Agent? agent, Func<string, string> redact)
    {
        var id = happened.Agent!.Value;
        var (phase, reason, says) = (kind, happened) switch
        {
            (_, PhaseChanged changed) => (changed.To, Cause(changed, agent), kind == NotificationKind.Failed ? "failed" : "completed"),
            (_, ActivityChanged changed) => (AgentPhase.Running, changed.Why, changed.To == Activity.Blocked ? "needs an approval" : "waits for an answer"),
            (_, ConditionChanged changed) => (agent?.Status.Phase ?? AgentPhase.Unknown, changed.Message, "is stuck"),
            (_, AgentGone gone) => (agent?.Status.Phase ?? AgentPhase.Unknown, gone.Reason, "is gone"),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "nothing to tell"),
        };
        return Create(kind, id, phase, says, reason, $"{happened.GetType().Name}|{MarkOf(happened, agent)}", happened.At, redact);
    }

    /// <summary>Tells that an agent stalled, for which there is no event.</summary>
    public static Notification TellSilence(Agent agent, DateTimeOffset now, Func<string, string> redact)
    {
        var says = $"is {Words.Of(agent.Status.Activity)} and has printed nothing for {SilenceLimit.TotalMinutes:0} min";
        return Create(NotificationKind.Stalled, agent.Id, agent.Status.Phase, says, agent.Status.ActivityReason, $"silence|{Attention.Time(agent.Status.LastActivity)}", now, redact);
    }

    private static Notification Create(NotificationKind kind, AgentId id, AgentPhase phase, string says, string reason, string mark, DateTimeOffset at, Func<string, string> redact)
    {
        // Redacted before it is cut: half a secret is not recognised as one.
        var cause = PlainText.Sanitize(redact(reason), ReasonLimit);
        var agent = PlainText.Sanitize(id.ToString());
        var message = PlainText.Sanitize(redact($"{agent} {says}") + (cause.Length > 0 ? $": {cause}" : ""), MessageLimit);
        return new Notification(id, $"{Words.Of(kind)}|{id}|{mark}", at, kind, agent, phase, cause, message);
    }

    private static string Cause(PhaseChanged changed, Agent? agent) =>
        agent is { Status: { Message: { Length: > 0 } message, Phase: var phase } } && phase == changed.To ? message : changed.Reason;

    // What the agent's own times say, which every engine reads alike; the time of observing only where there is nothing else.
    private static string MarkOf(FleetEvent happened, Agent? agent)
    {
        if (happened is ConditionChanged && agent is not null && ConditionList.Find(agent.Upkeep.Conditions, ConditionTypes.Stuck) is { } stuck)
        {
            return Attention.Time(stuck.LastTransition);
        }

        return agent?.Status is not { } status || (status.StartedAt, status.LastActivity) is (null, null)
            ? Attention.Time(happened.At)
            : Attention.MomentOf(agent);
    }
}
