using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods.Starting;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What a source knows of one pod: the inputs from which its agent's status is composed.</summary>
internal sealed record PodTrack
{
    /// <summary>What is known of a pod that was just listed; null when it runs no agent.</summary>
    public static PodTrack? Of(Pod pod, PodSourceSettings settings, DateTimeOffset now) =>
        pod.Uid.Length > 0 && settings.Dialect.NameOf(pod) is { } name
            ? new PodTrack { Agent = settings.IdOf(pod.Namespace, settings.Dialect.GroupOf(pod), name), Pod = pod, Reading = settings.Dialect.Read(pod, settings.Layout, now) }
            : null;

    /// <summary>The one of several pods that stands for their agent: while one ends and another begins, the newer life.</summary>
    public static PodTrack? Preferred(IEnumerable<PodTrack> tracks) => tracks
        .OrderBy(track => track.Pod.DeletionTimestamp is not null)
        .ThenBy(track => track.Pod.Phase is "Succeeded" or "Failed")
        .ThenByDescending(track => track.Pod.CreatedAt)
        .ThenBy(track => track.Pod.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>The agent that the pod runs.</summary>
    public required AgentId Agent { get; init; }

    /// <summary>The pod as the API last told it.</summary>
    public required Pod Pod { get; init; }

    /// <summary>What the dialect reads in it.</summary>
    public required RuntimeReading Reading { get; init; }

    /// <summary>What tells this run of its container from the others, of which nothing that was seen holds for it.</summary>
    public string Run { get => field ?? FormattableString.Invariant($"{Reading.Restarts}"); init; }

    /// <summary>How well its tmux can be asked.</summary>
    public PodContact Contact { get; init; }

    /// <summary>Why it cannot be asked, or null.</summary>
    public string? ContactError { get; init; }

    /// <summary>Since when it cannot be asked; null while it can, and before it was asked for the first time.</summary>
    public DateTimeOffset? LostSince { get; init; }

    /// <summary>Whether tmux ever said whether there is a session, in this run of the container.</summary>
    public bool WasAsked { get; init; }

    /// <summary>Its session as last seen; null when there is none.</summary>
    public TmuxSession? Session
    {
        get;
        init
        {
            field = value;
            HadSession |= value is not null;
        }
    }

    /// <summary>Whether there ever was one in this run of the container: then none is one that ended, however young the pod is.</summary>
    public bool HadSession { get; private init; }

    /// <summary>Whether an engine made the pod, and has to set up what is in it.</summary>
    public bool IsOurs => Pod.Annotations.ContainsKey(PodPlan.HashAnnotation);

    /// <summary>Whether its session lives, and what has to follow its start was not seen to be done.</summary>
    public bool IsUnfinished => IsOurs && Session is { Dead: false, SetUp: not SetUpState.Done };

    /// <summary>What it was seen to do.</summary>
    public ActivityTrail Trail { get; init; } = ActivityTrail.Unseen;

    /// <summary>The last line that tells something, from the last look, redacted.</summary>
    public string? LastLine { get; init; }

    /// <summary>What Gas City noted in its session, or null.</summary>
    public GasCityMark? Mark { get; init; }

    /// <summary>What an agent of scion said of itself at the last look, or null.</summary>
    public ScionAgentInfo? Info { get; init; }

    /// <summary>What is remembered that its agent wrote of itself, perhaps in another life, or null.</summary>
    public AgentReport? Recalled { private get; init; }

    /// <summary>What its agent wrote of itself in this life, while nothing newer is known: until tmux, or the agent, was heard.</summary>
    public AgentReport? Remembered => !WasAsked && Info is null && Reading.Judgement is null && Recalled?.IsOf(Pod.Uid, Run) == true ? Recalled : null;

    /// <summary>What was asked for, through this engine or, as the pod says, another.</summary>
    public PhaseRequest Request => OwnRequest == PhaseRequest.None && EndMark.Of(Pod) == EndMark.Stopped ? PhaseRequest.Stop : OwnRequest;

    /// <summary>What was asked for through this engine.</summary>
    public PhaseRequest OwnRequest { get; init; }

    /// <summary>The handle that others use, or null when there is nothing to hold.</summary>
    public IAgentSession? Handle { get; init; }

    /// <summary>After tmux said what session there is, or that there is none.</summary>
    public PodTrack Asked(PodContact contact, TmuxSession? session, Func<TmuxSession, IAgentSession> handle)
    {
        var isSame = Session is not null && session is not null && Session.Id == session.Id && Session.PaneId == session.PaneId && Session.PanePid == session.PanePid;
        return this with
        {
            Contact = contact,
            ContactError = null,
            LostSince = null,
            WasAsked = true,
            Session = session,
            Trail = isSame ? Trail : ActivityTrail.Unseen,
            Handle = session is null ? null : isSame && Handle is not null ? Handle : handle(session),
        };
    }

    /// <summary>After a look at the screen.</summary>
    /// <param name="look">What was seen.</param>
    /// <param name="trail">What it was seen to do, with that look.</param>
    public PodTrack Looked(PodLook look, ActivityTrail trail) => this with
    {
        Session = Session is { } session ? session with { Command = look.Command } : null,
        // What the agent itself reports was true at this look; output that comes later says more.
        Trail = look.Info?.Complete(Reading) is { Activity: { } said } report ? trail.NoteReport(new ActivityJudgement(said, Redactor.Redact(report.ActivityReason))) : trail,
        LastLine = Redactor.Redact(look.Screen.Telling),
        Mark = look.Mark,
        Info = look.Info,
    };

    /// <summary>After tmux could not be asked; what it said stays, as of when it was lost the first time in a row.</summary>
    public PodTrack Lost(string error, DateTimeOffset since) => this with { Contact = PodContact.Lost, ContactError = error, LostSince = LostSince ?? since };

    /// <summary>After it turned out that there is no tmux to ask.</summary>
    public PodTrack LogOnly(PodContact contact, string? error, IAgentSession handle) =>
        this with { Contact = contact, ContactError = error, LostSince = null, Session = null, Handle = Contact == contact ? Handle : handle };
}
