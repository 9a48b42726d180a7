using System.Collections.Immutable;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>Makes the agent that the store holds from what its source tracks. Pure.</summary>
internal static class AgentComposer
{
    /// <summary>The agent as it stands now.</summary>
    /// <param name="id">Its name across sources.</param>
    /// <param name="track">What is known.</param>
    /// <param name="view">How its source sees the server.</param>
    /// <param name="before">What the store holds of it, or null.</param>
    /// <param name="remembered">How an engine before this one knew it; counts only for one that this engine never saw and of which nothing is left.</param>
    /// <param name="now">When the values were learned.</param>
    public static Agent Compose(AgentId id, SessionTrack track, ServerView view, Agent? before, PhaseJudgement? remembered, DateTimeOffset now)
    {
        var session = track.Session;
        var evidence = Evidence(track, view);
        var judged = PhaseRules.Judge(new PhaseInputs
        {
            Desired = track.Spec?.Desired,
            Session = evidence,
            IsUnfinished = session?.SetUp == SetUpState.Pending,
            ExitCode = session?.DeadStatus,
            ExitSignal = session?.DeadSignal,
            Request = track.Request,
            StartError = track.StartError,
            ServerGone = view.ServerGone,
            Previous = evidence == SessionEvidence.Absent && remembered is not null && before is null or { Status.Phase: AgentPhase.Unknown } ? remembered
                : before is null ? null
                : new PhaseJudgement(before.Status.Phase, before.Status.Reason, before.Status.Message),
            Link = view.Link,
        });
        var runs = judged.Phase == AgentPhase.Running;
        var old = before?.Status;
        return new Agent(
            id,
            track.Spec,
            new AgentStatus
            {
                Phase = judged.Phase,
                Reason = judged.Reason,
                Message = PlainText.Sanitize(judged.Message),
                Activity = runs ? track.Trail.Shown.Activity : Activity.None,
                ActivityReason = runs ? track.Trail.Shown.Why : "",
                Drift = runs ? SpecDrift.Between(session?.SpecHash, track.SpecHash) : null,
                LastActivity = session?.LastActivity ?? old?.LastActivity,
                Conditions = Conditions(evidence, judged, track, view, old?.Conditions ?? [], now),
                ExitCode = session is { Dead: true } ? session.DeadStatus : session is null ? old?.ExitCode : null,
                StartedAt = session?.CreatedAt ?? old?.StartedAt,
                Command = session is null ? old?.Command : session.Command,
                LastLine = track.LastLine ?? old?.LastLine,
                WindowSize = session?.Size ?? old?.WindowSize,
                ObservedAt = view.Link == SourceLink.Live ? now : old?.ObservedAt ?? now,
                Origin = session is null ? view.Origin : $"{view.Origin}, session {session.Id}",
            },
            track.Generation,
            track.Generation);
    }

    private static SessionEvidence Evidence(SessionTrack track, ServerView view) => track.Session switch
    {
        { Dead: true } => SessionEvidence.Ended,
        { } => SessionEvidence.Alive,
        _ => view.WasListed ? SessionEvidence.Absent : SessionEvidence.NotObserved,
    };

    private static ImmutableArray<Condition> Conditions(
        SessionEvidence evidence, PhaseJudgement judged, SessionTrack track, ServerView view, ImmutableArray<Condition> before, DateTimeOffset now)
    {
        var status = view.Link != SourceLink.Live ? ConditionStatus.Unknown : evidence switch
        {
            SessionEvidence.Alive => ConditionStatus.True,
            SessionEvidence.Ended or SessionEvidence.Absent => ConditionStatus.False,
            _ => ConditionStatus.Unknown,
        };
        var conditions = ConditionList.Set(before, ConditionTypes.SessionAlive, status, judged.Reason, judged.Message, track.Generation, now);
        // While it is being started what is noted is not the last word.
        return track.Session is { StartNote: { Length: > 0 } note } && track.Request != PhaseRequest.Start
            ? ConditionList.Set(conditions, ConditionTypes.Prepared, ConditionStatus.False, ConditionTypes.PartlyFailed, Redactor.Redact(note), track.Generation, now)
            : ConditionList.Find(conditions, ConditionTypes.Prepared) is null ? conditions : ConditionList.Remove(conditions, ConditionTypes.Prepared);
    }
}
