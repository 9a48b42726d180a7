using System.Collections.Immutable;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The conditions of an agent: ours first, then those that its platform keeps. Pure.</summary>
internal static class PodConditions
{
    private const int MostOfPlatform = 32;

    /// <summary>The conditions as they stand now.</summary>
    /// <param name="view">What is known of the agent.</param>
    /// <param name="settings">What its source was told.</param>
    /// <param name="joined">What its platform's record says, or null.</param>
    /// <param name="judged">Its phase.</param>
    /// <param name="evidence">What was seen of its session.</param>
    /// <param name="link">Whether the API answers.</param>
    /// <param name="old">Its status before, of the same pod; null when there was none.</param>
    /// <param name="now">The time.</param>
    public static ImmutableArray<Condition> Of(
        AgentView view, PodSourceSettings settings, AmbientAgent? joined, PhaseJudgement judged, SessionEvidence evidence, SourceLink link, AgentStatus? old, DateTimeOffset now)
    {
        var before = old?.Conditions ?? [];
        ImmutableArray<Condition> conditions = [];
        void Put(string type, ConditionStatus status, string reason, string message, DateTimeOffset since)
        {
            var known = ConditionList.Find(before, type);
            conditions = ConditionList.Set(known is null ? conditions : conditions.Add(known), type, status, reason, message, view.Declared?.Generation ?? 0, since);
        }

        void Set(string type, ConditionStatus status, string reason, string message) =>
            Put(type, link == SourceLink.Live ? status : ConditionStatus.Unknown, reason, message, now);

        if (view.Track is { } track)
        {
            SetOfPod(track, settings, Set);
        }

        if (view.Track is null && joined is null || view.Track is { Contact: not (PodContact.None or PodContact.NoTmux or PodContact.Barred) })
        {
            var alive = evidence switch
            {
                SessionEvidence.Alive => ConditionStatus.True,
                SessionEvidence.NotObserved => ConditionStatus.Unknown,
                _ => ConditionStatus.False,
            };
            Set(ConditionTypes.SessionAlive, alive, judged.Reason, judged.Message);
        }

        if (view.Track is { Contact: PodContact.Lost } lost)
        {
            // Known without the API, and older than the loss of that, or as old.
            Put(ConditionTypes.StreamConnected, ConditionStatus.False, ConditionTypes.StreamLost, lost.ContactError ?? "", lost.LostSince ?? now);
        }
        else if (view.Track is { Contact: PodContact.Streaming or PodContact.Swept or PodContact.Barred } asked)
        {
            Set(
                ConditionTypes.StreamConnected,
                asked.Contact == PodContact.Barred ? ConditionStatus.False : ConditionStatus.True,
                asked.Contact switch { PodContact.Barred => "Forbidden", PodContact.Swept => "LookedAtIntervals", _ => "Streaming" },
                asked.ContactError ?? "");
        }

        // What this engine did not start tells by its session how that went.
        var warnings = view.Start is { Warnings.IsEmpty: false } start ? string.Join("; ", start.Warnings) : view.Track?.Session?.StartNote ?? "";
        if (warnings.Length > 0)
        {
            Set(ConditionTypes.Prepared, ConditionStatus.False, ConditionTypes.PartlyFailed, Redactor.Redact(warnings));
        }

        if (view.Session is { UnansweredAt: { } due, DesiredPhase: { } phase } && due <= now)
        {
            Set(ConditionTypes.RequestAnswered, ConditionStatus.False, "Unanswered", PlainText.Sanitize($"{phase}: {AmbientTransitions.NobodyAnswers}"));
        }

        if (view.Track?.Mark is { } mark)
        {
            Set(ConditionTypes.Draining, ConditionStatus.True, mark.Word, mark.Message);
        }

        var theirs = joined?.Details?.Conditions ?? [];
        return
        [
            .. conditions,
            .. theirs.DistinctBy(condition => condition.Type, StringComparer.OrdinalIgnoreCase)
                .Where(condition => ConditionList.Find(conditions, condition.Type) is null)
                .Take(MostOfPlatform)
                .Select(condition => condition with { Message = Redactor.Redact(condition.Message) }),
        ];
    }

    private static void SetOfPod(PodTrack track, PodSourceSettings settings, Action<string, ConditionStatus, string, string> set)
    {
        var pod = track.Pod;
        if (settings.Cluster is not null)
        {
            var scheduled = pod.ConditionOf("PodScheduled");
            set(
                ConditionTypes.Scheduled,
                pod.Node is not null ? ConditionStatus.True : ConditionStatus.False,
                scheduled?.Reason is { Length: > 0 } why ? why : pod.Node is null ? "NotScheduled" : "Scheduled",
                scheduled?.Message ?? "");
        }

        // Where no session decides, a container that runs is itself the agent.
        var judgement = track.Reading.Judgement;
        set(
            ConditionTypes.ContainerReady,
            judgement is null or { Phase: AgentPhase.Running } ? ConditionStatus.True : ConditionStatus.False,
            judgement?.Reason ?? "ContainerRunning",
            judgement?.Message ?? "");
    }
}
