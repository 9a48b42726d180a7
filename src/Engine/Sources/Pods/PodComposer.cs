using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Makes the agent that the store holds from what is known of its pod. Pure.</summary>
internal static class PodComposer
{
    private static readonly PhaseJudgement LogOnly = new(AgentPhase.Running, "ContainerRunning", "its container runs; there is no tmux in it");

    /// <summary>The agent as it stands now.</summary>
    /// <param name="track">What is known of the pod.</param>
    /// <param name="settings">How the source's dialect reads pods.</param>
    /// <param name="link">Whether the API answers.</param>
    /// <param name="declared">Its declaration and how often that changed; null when it is only discovered.</param>
    /// <param name="before">What the store holds of it, or null.</param>
    /// <param name="now">When the values were learned.</param>
    public static Agent Compose(PodTrack track, PodSourceSettings settings, SourceLink link, (AgentSpec Spec, long Generation)? declared, Agent? before, DateTimeOffset now)
    {
        var session = track.Session;
        var reading = track.Reading;
        // Another pod of the same name is another run, of which nothing is known yet.
        var old = before?.Status.Pod?.Uid == track.Pod.Uid ? before.Status : null;
        var hasTmux = settings.Layout.Session is not null && track.Contact != PodContact.NoTmux;
        var evidence = Evidence(track);
        var judged = PhaseRules.Judge(new PhaseInputs
        {
            Desired = declared?.Spec.Desired,
            Runtime = reading.Judgement ?? (hasTmux ? null : LogOnly),
            WithoutSession = reading.WithoutSession,
            Session = evidence,
            ExitCode = session?.DeadStatus ?? reading.ExitCode,
            ExitSignal = session?.DeadSignal ?? reading.ExitSignal,
            Request = track.Request,
            Previous = old is null ? null : new PhaseJudgement(old.Phase, old.Reason, old.Message),
            Link = link,
        });
        var runs = judged.Phase == AgentPhase.Running;
        return new Agent(
            track.Agent,
            declared?.Spec,
            new AgentStatus
            {
                Phase = judged.Phase,
                Reason = judged.Reason,
                Message = PlainText.Sanitize(judged.Message),
                Dialect = settings.Dialect.Name,
                IsLogOnly = !hasTmux,
                Activity = runs ? track.Activity.Activity : Activity.None,
                ActivityReason = runs ? track.Activity.Why : "",
                LastActivity = session?.LastActivity ?? old?.LastActivity,
                Conditions = Conditions(track, judged, evidence, link, declared?.Generation ?? 0, old?.Conditions ?? [], now),
                ExitCode = session is { Dead: true } ? session.DeadStatus : reading.ExitCode,
                Restarts = reading.Restarts,
                StartedAt = reading.StartedAt ?? session?.CreatedAt ?? old?.StartedAt,
                Command = session?.Command ?? old?.Command,
                LastLine = track.LastLine ?? old?.LastLine,
                WindowSize = session?.Size ?? old?.WindowSize,
                Pod = PodSummary.Of(track.Pod, settings.Layout.Container),
                ObservedAt = now,
                Origin = PlainText.Sanitize($"pod {track.Pod.Namespace}/{track.Pod.Name}{(session is null ? "" : $", tmux {settings.Layout.Session}")}"),
            },
            declared?.Generation ?? 0,
            declared?.Generation ?? 0);
    }

    private static SessionEvidence Evidence(PodTrack track) => track switch
    {
        { Session.Dead: true } => SessionEvidence.Ended,
        { Session: not null } => SessionEvidence.Alive,
        { WasAsked: true } => SessionEvidence.Absent,
        _ => SessionEvidence.NotObserved,
    };

    private static ImmutableArray<Condition> Conditions(
        PodTrack track, PhaseJudgement judged, SessionEvidence evidence, SourceLink link, long generation, ImmutableArray<Condition> before, DateTimeOffset now)
    {
        var conditions = before;
        void Set(string type, ConditionStatus status, string reason, string message) =>
            conditions = ConditionList.Set(conditions, type, link == SourceLink.Live ? status : ConditionStatus.Unknown, reason, message, generation, now);

        var scheduled = track.Pod.Conditions.FirstOrDefault(condition => condition.Type == "PodScheduled");
        Set(ConditionTypes.Scheduled, track.Pod.Node is not null ? ConditionStatus.True : ConditionStatus.False, scheduled?.Reason is { Length: > 0 } why ? why : track.Pod.Node is null ? "NotScheduled" : "Scheduled", scheduled?.Message ?? "");
        Set(
            ConditionTypes.ContainerReady,
            track.Reading.Judgement is null ? ConditionStatus.True : ConditionStatus.False,
            track.Reading.Judgement?.Reason ?? "ContainerRunning",
            track.Reading.Judgement?.Message ?? "");
        if (track.Contact is not (PodContact.None or PodContact.NoTmux))
        {
            Set(
                ConditionTypes.SessionAlive,
                evidence switch
                {
                    SessionEvidence.Alive => ConditionStatus.True,
                    SessionEvidence.NotObserved => ConditionStatus.Unknown,
                    _ => ConditionStatus.False,
                },
                judged.Reason,
                judged.Message);
            Set(
                ConditionTypes.StreamConnected,
                track.Contact == PodContact.Lost ? ConditionStatus.False : ConditionStatus.True,
                track.Contact switch { PodContact.Lost => ConditionTypes.StreamLost, PodContact.Swept => "LookedAtIntervals", _ => "Streaming" },
                track.ContactError ?? "");
        }

        if (track.Mark is { } mark)
        {
            Set(ConditionTypes.Draining, ConditionStatus.True, mark.Word, mark.Message);
        }
        else if (ConditionList.Find(conditions, ConditionTypes.Draining) is not null)
        {
            conditions = ConditionList.Remove(conditions, ConditionTypes.Draining);
        }

        return conditions;
    }
}
