using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Makes the agent that the store holds from what is known of it. Pure.</summary>
internal static class PodComposer
{
    private static readonly PhaseJudgement LogOnly = new(AgentPhase.Running, "ContainerRunning", "its container runs; there is no tmux in it");
    private static readonly PhaseJudgement StartUnfinished = new(AgentPhase.Starting, PhaseRules.StartUnfinishedReason, "its container runs, and its start is not finished");
    private static readonly PhaseJudgement PodRemains = new(AgentPhase.Stopping, "PodRemains", "it ended, and its pod is still to be deleted");
    private static readonly PhaseJudgement ContainerRemains = new(AgentPhase.Stopping, "ContainerRemains", "it ended, and its container is still to be stopped");
    private static readonly PhaseJudgement Barred = new(AgentPhase.Running, "ContainerRunning", "its container runs; more is not known, because you may not run commands in it");

    /// <summary>The agent as it stands now.</summary>
    /// <param name="view">What is known of it.</param>
    /// <param name="settings">How the source's dialect reads pods.</param>
    /// <param name="link">Whether the API answers.</param>
    /// <param name="before">What the store holds of it, or null.</param>
    /// <param name="now">When the values were learned.</param>
    public static Agent Compose(AgentView view, PodSourceSettings settings, SourceLink link, Agent? before, DateTimeOffset now)
    {
        var track = view.Track;
        var session = track?.Session;
        var joined = view.Session is { } record ? AmbientJoin.Join(record, track?.Pod, settings.Layout, view.ProjectTimeout, now) : null;
        var reading = joined?.Reading ?? (track is null ? null : track.Info?.Complete(track.Reading).Reading ?? track.Reading);
        // Another pod of the same name is another run, of which nothing is known yet.
        var old = track is null || before?.Status.Pod?.Uid == track.Pod.Uid ? before?.Status : null;
        var isBarred = track?.Contact == PodContact.Barred;
        var hasTmux = settings.Layout.Session is not null && !isBarred && track?.Contact != PodContact.NoTmux;
        var evidence = Evidence(track);
        var judged = PhaseRules.Judge(new PhaseInputs
        {
            Desired = view.Declared?.Spec.Desired,
            Runtime = reading?.Judgement ?? RemainsOf(track, settings) ?? (hasTmux || track is null ? null : isBarred ? Barred : LogOnly),
            WithoutSession = WithoutSession(track, reading),
            Session = evidence,
            IsUnfinished = track?.IsUnfinished == true,
            ExitCode = session?.DeadStatus ?? reading?.ExitCode,
            ExitSignal = session?.DeadSignal ?? reading?.ExitSignal,
            Request = view.Start is { IsUnderWay: true } && track?.Request is not PhaseRequest.Stop ? PhaseRequest.Start : track?.Request ?? PhaseRequest.None,
            Ending = view.Ending,
            StartError = view.Start?.Error,
            Previous = old is null ? null : new PhaseJudgement(old.Phase, old.Reason, old.Message),
            Link = link,
        });
        var runs = judged.Phase == AgentPhase.Running;
        var generation = view.Declared?.Generation ?? 0;
        return new Agent(
            view.Agent,
            view.Declared?.Spec,
            new AgentStatus
            {
                Phase = judged.Phase,
                Reason = judged.Reason,
                Message = Plain(judged.Message.Length == 0 && runs ? track?.Info?.Message ?? "" : judged.Message),
                Dialect = settings.Dialect.Name,
                Facts = Kept(old?.Facts ?? [], Facts(view, settings, joined)),
                Drift = runs ? SpecDrift.Between(track?.Pod.Annotations.GetValueOrDefault(PodPlan.HashAnnotation), view.Declared is { } declared ? settings.Hashes?.Of(declared.Spec) : null) : null,
                IsStartable = view.Session is not null || (settings.Cluster is null && track is not null),
                IsLogOnly = !hasTmux,
                IsBarred = isBarred,
                Activity = runs && track is not null ? track.Trail.Shown.Activity : Activity.None,
                ActivityReason = runs && track is not null ? track.Trail.Shown.Why : "",
                LastActivity = session?.LastActivity ?? joined?.Details?.IdleSince ?? old?.LastActivity,
                Conditions = Kept(old?.Conditions ?? [], PodConditions.Of(view, settings, joined, judged, evidence, link, old, now)),
                ExitCode = session is { Dead: true } ? session.DeadStatus : reading is null ? old?.ExitCode : reading.ExitCode,
                Restarts = reading?.Restarts ?? 0,
                StartedAt = reading?.StartedAt ?? session?.CreatedAt ?? old?.StartedAt,
                Command = session?.Command ?? old?.Command,
                LastLine = track?.LastLine ?? old?.LastLine,
                WindowSize = session?.Size ?? old?.WindowSize,
                Report = Report(track, old, now),
                Pod = track is null ? null : settings.Spec is ContainerSourceSpec alone ? PodSummary.OfContainer(track.Pod, settings.Layout.Container, alone.RuntimeName) : PodSummary.Of(track.Pod, settings.Layout.Container),
                ObservedAt = link == SourceLink.Live ? now : old?.ObservedAt ?? now,
                Origin = PlainText.Sanitize(Origin(view, settings)),
            },
            generation,
            generation);
    }

    private static PhaseJudgement? WithoutSession(PodTrack? track, RuntimeReading? reading) => reading?.WithoutSession switch
    {
        null => null,
        _ when track is { HadSession: true } => PodJudge.SessionDead,
        // What an engine made waits for what that one does next, and does not come up by itself.
        { Phase: AgentPhase.Starting } when track?.IsOurs == true => StartUnfinished,
        var said => said,
    };

    // In Gas City the pod is the session: it is stopped when that is gone. So is a container that stands alone.
    private static PhaseJudgement? RemainsOf(PodTrack? track, PodSourceSettings settings) =>
        track is not { Request: PhaseRequest.Stop, HadSession: true, Session: null } ? null
        : settings.Cluster is null ? ContainerRemains
        : settings.Dialect is GasCityDialect ? PodRemains
        : null;

    // What a system says of an agent may quote the agent, and that may be anything.
    private static string Plain(string text) => PlainText.Sanitize(Redactor.Redact(text));

    private static string Origin(AgentView view, PodSourceSettings settings)
    {
        var record = view.Session is { } session ? $"{AmbientSession.Kind} {session.Namespace}/{session.Name}" : "";
        var pod = view.Track is { } track ? $"{(settings.Cluster is null ? "container " : $"pod {track.Pod.Namespace}/")}{track.Pod.Name}{(track.Session is null ? "" : $", tmux {settings.Layout.Session}")}" : "";
        return record.Length == 0 && pod.Length == 0 ? $"no {settings.Thing} has its name" : string.Join(", ", new[] { record, pod }.Where(part => part.Length > 0));
    }

    // One that says what it said before is as old as it was.
    private static AgentReport? Report(PodTrack? track, AgentStatus? old, DateTimeOffset now) =>
        track?.Info is not { Content.Length: > 0 } info ? null
        : old?.Report is { } known && known.Content == info.Content && known.IsOf(track.Pod.Uid, track.Run) ? known
        : new AgentReport(info.Content, new ReportOrigin(track.Pod.Uid, track.Run, now));

    private static IEnumerable<Fact> Facts(AgentView view, PodSourceSettings settings, AmbientAgent? joined)
    {
        var ofPod = view.Track is { } track ? [.. track.Info?.Facts ?? [], .. ScionAgentInfo.Recall(track.Remembered), .. settings.Dialect.FactsOf(track.Pod)] : ImmutableArray<Fact>.Empty;
        var ofSession = joined?.Details is { } details ? AmbientFacts.Of(view.Session!, details) : [];
        var ofStart = view.Start is { } start ? start.LastOutput.Select(line => new Fact("last output", line)) : [];
        return ofSession.Concat(ofPod).Concat(ofStart).Select(fact => fact with { Value = Plain(fact.Value) });
    }

    // The very same array when nothing changed, because another one would look like a change.
    private static ImmutableArray<T> Kept<T>(ImmutableArray<T> before, IEnumerable<T> next) => before.SequenceEqual(next) ? before : [.. next];

    private static SessionEvidence Evidence(PodTrack? track) => track switch
    {
        // Where there is no pod there is no session.
        null => SessionEvidence.Absent,
        { Session.Dead: true } => SessionEvidence.Ended,
        { Session: not null } => SessionEvidence.Alive,
        { WasAsked: true } => SessionEvidence.Absent,
        _ => SessionEvidence.NotObserved,
    };
}
