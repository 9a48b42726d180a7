using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>
/// Starts one agent in a pod, step by step as Gas City does. What is there decides what is done, so it may be called again after a crash
/// at any point. What becomes of the pod is told by the source's own watch.
/// </summary>
/// <param name="api">The cluster.</param>
/// <param name="settings">How pods are read.</param>
/// <param name="book">What is known of pods, and where it is noted how the start goes.</param>
/// <param name="store">Tells when something changed.</param>
/// <param name="askAgain">Has the tmux of a pod asked at once.</param>
/// <param name="time">The clock.</param>
internal sealed class PodStart(IKubernetesApi api, PodSourceSettings settings, PodBook book, FleetStore store, Action<PodTrack> askAgain, TimeProvider time)
{
    /// <summary>How long what was done, or was lost, may take to be told.</summary>
    internal static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(1);

    private readonly List<string> _warnings = [];

    // What Kubernetes goes on trying, and what nobody can wait for.
    private static readonly string[] Hopeless =
    [
        "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "Unschedulable",
    ];

    private string? _seen;
    private bool _sawPod;

    /// <summary>Starts it, and returns when its session lives and is set up.</summary>
    /// <exception cref="TransportException">It could not be started; the agent then shows why, too.</exception>
    /// <param name="agent">The agent.</param>
    /// <param name="spec">Its declaration, with that of a pod.</param>
    /// <param name="namespaceName">Where its pod goes when there is none.</param>
    /// <param name="cancellationToken">Gives up, and leaves what is there.</param>
    public async Task RunAsync(AgentId agent, AgentSpec spec, string namespaceName, CancellationToken cancellationToken)
    {
        var limit = spec.Setup.StartupTimeout ?? PodDeclaration.DefaultStartupTimeout;
        book.SetStart(agent, _ => new StartNote { IsUnderWay = true });
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await StartAsync(agent, GasCityPod.Plan(spec, settings.Cluster?.GasCityPods ?? new GasCityPodSettings(), namespaceName), either.Token);
            book.SetStart(agent, note => note with { IsUnderWay = false });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(agent, new TransportException(
                TransportFault.Unreachable, $"it did not start within {limit.TotalSeconds:0} s{(_seen is null ? "" : $"; at last {_seen}")}"));
        }
        catch (OperationCanceledException)
        {
            book.BreakOff(agent);
            throw;
        }
        catch (TransportException failure)
        {
            throw Failed(agent, failure);
        }
        catch (KubernetesApiException failure)
        {
            throw Failed(agent, KubernetesFailures.ToTransport(failure));
        }
    }

    private TransportException Failed(AgentId agent, TransportException failure)
    {
        // What somebody stopped meanwhile, through whichever engine, did not fail.
        var error = _sawPod && book.IsStopWanted(agent) ? null : PlainText.Sanitize(Redactor.Redact(failure.Message), 500);
        book.SetStart(agent, note => note with { IsUnderWay = false, Error = error });
        return failure;
    }

    private async Task StartAsync(AgentId agent, PodPlan plan, CancellationToken cancellationToken)
    {
        var (step, uid) = await SettleOnPodAsync(agent, plan, cancellationToken);
        if (step == StartStep.Adopt && plan.Stages)
        {
            var track = await SeeAsync(agent, uid, found => found.Reading.Judgement is null || found.Pod.InitStatuses.Any(IsAtWork), cancellationToken);
            if (track.Pod.InitStatuses.Any(IsAtWork))
            {
                await StageAsync(agent, plan, InsideOf(track), cancellationToken);
            }
        }

        var running = await SeeAsync(agent, uid, found => found.Reading.Judgement is null, cancellationToken);
        var inside = InsideOf(running);
        if (step != StartStep.Done)
        {
            await SeeSessionAsync(agent, uid, inside, isToldToBegin: step == StartStep.Adopt && plan.WaitsForWorkSpace, cancellationToken);
        }

        askAgain(running);
        await SeeAsync(agent, uid, found => found.Session is { Dead: false }, cancellationToken);
        if (step == StartStep.Adopt)
        {
            await new PodSetUp(book, store, agent, uid, inside, warning => Warn(agent, warning), cut => _seen = cut, time).RunAsync(plan.Spec.Setup, _warnings, cancellationToken);
            askAgain(running);
        }

        // Whoever ends now has been started all the same.
        await SeeAsync(agent, uid, found => !found.IsUnfinished, cancellationToken);
    }

    private async Task SeeSessionAsync(AgentId agent, string uid, PodInside inside, bool isToldToBegin, CancellationToken cancellationToken)
    {
        while (true)
        {
            await SeeAsync(agent, uid, found => found.Reading.Judgement is null, cancellationToken);
            _seen = "its container runs, and there is no session in it";
            try
            {
                if (isToldToBegin)
                {
                    await inside.SignAsync(settings.Layout.Container, GasCityEntrypoint.ReadySign, cancellationToken);
                }

                if (await inside.SeeSessionAsync(cancellationToken))
                {
                    return;
                }
            }
            catch (TransportException failure) when (failure.Fault is not TransportFault.Denied)
            {
                // The container may be ending, and then no program can be run in it; its pod tells a moment later.
                await Task.Delay(UntilTold, time, cancellationToken);
            }
        }
    }

    // One pod of the session, which is ours to go on with, or lives.
    private async Task<(StartStep Step, string Uid)> SettleOnPodAsync(AgentId agent, PodPlan plan, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (step, pod) = StartChoice.Of(await ListAsync(plan, cancellationToken), plan, settings.Dialect);
            if (step == StartStep.Look)
            {
                step = StartChoice.After(await InsideOf(pod!).LookAsync(cancellationToken), pod!, plan, time.GetUtcNow());
            }

            switch (step)
            {
                case StartStep.Create when await CreateAsync(plan, cancellationToken) is { } uid:
                    return (StartStep.Adopt, uid);
                case StartStep.Replace:
                    var printed = await InsideOf(pod!).LastOutputAsync(cancellationToken);
                    book.SetStart(agent, note => note with { LastOutput = printed });
                    if (await new PodRemoval(api).ReplaceAsync(pod!, cancellationToken))
                    {
                        await GoneAsync(pod!, cancellationToken);
                    }

                    break;
                case StartStep.AwaitEnd:
                    _seen = "its pod before was still being deleted";
                    await GoneAsync(pod!, cancellationToken);
                    break;
                case StartStep.Taken:
                    throw new TransportException(
                        TransportFault.Denied, $"there is a pod {pod!.Name} already that runs {(settings.Dialect.NameOf(pod) is { } other ? PlainText.Sanitize(other) : "no agent")}; rename the agent");
                case StartStep.Adopt or StartStep.Wait or StartStep.Done:
                    return (step, pod!.Uid);
                default:
                    break;
            }
        }
    }

    // What the watch tells may be a moment old, so this asks.
    private async Task<IEnumerable<Pod>> ListAsync(PodPlan plan, CancellationToken cancellationToken)
    {
        var pods = await ReadAsync(new ObjectQuery(ResourceKind.Pods, plan.Namespace, LabelSelector: plan.Selector), cancellationToken);
        return pods.Count > 0 ? pods : await ReadAsync(new ObjectQuery(ResourceKind.Pods, plan.Namespace, FieldSelector: $"metadata.name={plan.Name}"), cancellationToken);
    }

    private async Task<List<Pod>> ReadAsync(ObjectQuery query, CancellationToken cancellationToken)
    {
        using var page = await api.ListAsync(query, null, cancellationToken);
        return [.. page.Items.Select(item => PodReader.Read(item, static _ => { }))];
    }

    // Null when somebody else was faster: then what there is has to be read again.
    private async Task<string?> CreateAsync(PodPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var made = await api.CreateAsync(ResourceKind.Pods, plan.Namespace, plan.Manifest, cancellationToken);
            return PodReader.Read(made, static _ => { }).Uid;
        }
        catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Conflict)
        {
            return null;
        }
    }

    // A pod that the watch does not tell of at all went before it could; a short wait keeps the next question from coming at once.
    private async Task GoneAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (book.FindPod(pod.Uid) is null)
        {
            await Task.Delay(UntilTold, time, cancellationToken);
            return;
        }

        await store.UntilAsync(() => book.FindPod(pod.Uid) is null, cancellationToken);
    }

    private async Task StageAsync(AgentId agent, PodPlan plan, PodInside inside, CancellationToken cancellationToken)
    {
        _seen = "its files were being copied into its pod";
        foreach (var file in plan.Spec.Setup.Stage)
        {
            foreach (var warning in await inside.StageAsync(file, cancellationToken))
            {
                Warn(agent, warning);
            }
        }

        if (plan.HasCity)
        {
            await inside.CopyCityAsync(cancellationToken);
        }

        await inside.SignAsync(GasCityDialect.StageContainer, GasCityEntrypoint.StagedSign, cancellationToken);
    }

    private void Warn(AgentId agent, string warning)
    {
        _warnings.Add(warning);
        book.SetStart(agent, note => note.Warn(warning));
    }

    // Waits for a pod to be as expected, unless it turns out that it never will be.
    private async Task<PodTrack> SeeAsync(AgentId agent, string uid, Func<PodTrack, bool> isExpected, CancellationToken cancellationToken)
    {
        PodTrack? track = null;
        var wasSeen = false;
        await store.UntilAsync(() => Look() is null && wasSeen || track is not null && (isExpected(track) || WhyNever(track) is not null), cancellationToken);
        if (track is null)
        {
            throw new TransportException(TransportFault.Gone, "its pod was deleted while it started");
        }

        if (isExpected(track))
        {
            return track;
        }

        if (track.Reading.Judgement is { Phase: AgentPhase.Failed or AgentPhase.Completed })
        {
            var printed = await InsideOf(track).LastOutputAsync(cancellationToken);
            book.SetStart(agent, note => note with { LastOutput = printed });
        }

        throw new TransportException(TransportFault.Gone, WhyNever(track)!);

        PodTrack? Look()
        {
            track = book.FindPod(uid);
            wasSeen |= track is not null;
            _sawPod |= wasSeen;
            _seen = track?.Reading.Judgement?.Message ?? _seen;
            return track;
        }
    }

    private static string? WhyNever(PodTrack track) => track.Reading.Judgement switch
    {
        { Phase: AgentPhase.Failed or AgentPhase.Completed or AgentPhase.Stopping } end => end.Message,
        { Reason: var reason, Message: var message } when Hopeless.Contains(reason) => $"{message} ({reason})",
        _ => null,
    };

    private static bool IsAtWork(PodContainerStatus status) => status is { Name: GasCityDialect.StageContainer, State: ContainerRunning };

    private PodInside InsideOf(Pod pod) => new(api, pod, settings.Layout.Container, settings.Dialect.Read(pod, settings.Layout, time.GetUtcNow()).User, time);

    private PodInside InsideOf(PodTrack track) => InsideOf(track.Pod);
}
