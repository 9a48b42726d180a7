using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>One follower for each container that runs and may have a tmux. Safe to call from any thread.</summary>
/// <param name="settings">How pods are read.</param>
/// <param name="book">What followers tell.</param>
/// <param name="onlyOnce">Whether each looks once and ends.</param>
/// <param name="time">The clock.</param>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
/// <param name="warn">Takes one sentence for what an agent reports and cannot be used.</param>
internal sealed class PodFollowers(PodSourceSettings settings, PodBook book, bool onlyOnce, TimeProvider time, Func<double> jitter, Action<string> warn) : IAsyncDisposable
{
    // What a kubelet runs by itself is kept by another uid than the API tells.
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ((AgentId Agent, string Run, string? User) Run, string? Node, PodFollower Follower)> _followers = [];
    private readonly List<Task> _ending = [];
    private readonly StreamSlots _slots = new(settings.MaxStreams);
    private readonly ExecTurns _turns = new(time, hasLimit: !onlyOnce);

    /// <summary>Completes when each of them asked once.</summary>
    public Task FirstAnswers()
    {
        lock (_gate)
        {
            return Task.WhenAll(_followers.Values.Select(pair => pair.Follower.FirstAnswer));
        }
    }

    /// <summary>Completes when a pod was asked once; at once when it is not followed.</summary>
    public Task FirstAnswer(string uid)
    {
        lock (_gate)
        {
            return _followers.TryGetValue(uid, out var known) ? known.Follower.FirstAnswer : Task.CompletedTask;
        }
    }

    /// <summary>How many streams are open now.</summary>
    public int OpenStreams
    {
        get
        {
            lock (_gate)
            {
                return _followers.Values.Count(pair => pair.Follower.IsStreaming);
            }
        }
    }

    /// <summary>Begins or ends to follow a pod, as its state asks for.</summary>
    public void Arrange(IContainerPlace place, PodTrack track)
    {
        var pod = track.Pod;
        var transport = place.TransportTo(track);
        var container = ContainerOf(pod);
        if (settings.Layout.Session is not { } session)
        {
            // What a container wrote can be read as soon as it began, and still when it ended.
            if (pod.StatusOf(settings.Layout.Container)?.State is ContainerRunning or ContainerTerminated)
            {
                book.SetLogHandle(pod.Uid, () => new PodLogSession(track.Agent, place, container, transport, time));
            }

            return;
        }

        if (track.Reading.Judgement is not null)
        {
            End(pod.Uid);
            return;
        }

        // Another run of the container, or another user in it, is another tmux; under another name the same one is another agent's.
        var run = (track.Agent, track.Run, track.Reading.User);
        lock (_gate)
        {
            if (_followers.TryGetValue(pod.Uid, out var known))
            {
                if (known.Run == run)
                {
                    return;
                }

                EndNeedsLock(pod.Uid);
            }

            var reach = new PodReach(track.Agent, pod.Uid, container, session, place, transport, time)
            {
                OwnRunner = new StreamCommandRunner(settings.Cluster is null ? transport : new OwnPodTransport(transport, pod.Annotations.GetValueOrDefault(MirrorAnnotation) ?? pod.Uid), time),
                HasMarks = settings.Dialect is GasCityDialect,
                Detection = settings.Detection,
                Info = settings.Dialect is ScionDialect && track.Reading.User is { } user ? new ScionInfoFile(ScionDialect.InfoFileOf(pod, user), transport, time, warn) : null,
            };
            var follower = new PodFollower(reach, book, _slots, _turns, time, jitter) { Followed = () => _followers.Count, Returned = () => WakeLost(pod.Node) };
            reach.Show = () =>
            {
                var shown = _slots.Show(pod.Uid);
                follower.Wake();
                return shown;
            };
            _followers[pod.Uid] = (run, pod.Node, follower);
            follower.Start(onlyOnce);
        }
    }

    /// <summary>Has one pod asked at once, whether it was followed or not.</summary>
    public void AskAgain(IContainerPlace place, PodTrack track)
    {
        lock (_gate)
        {
            if (_followers.TryGetValue(track.Pod.Uid, out var known) && !known.Follower.HasEnded)
            {
                known.Follower.Wake();
                return;
            }

            EndNeedsLock(track.Pod.Uid);
        }

        Arrange(place, track);
    }

    /// <summary>Has every pod asked again soon: the cluster answers again.</summary>
    public void WakeAll()
    {
        _turns.Renew();
        lock (_gate)
        {
            foreach (var (_, _, follower) in _followers.Values)
            {
                follower.Wake();
            }
        }
    }

    // What ails a node cuts all streams to it at once, and one of them is the first to find it well.
    private void WakeLost(string? node)
    {
        lock (_gate)
        {
            foreach (var (_, _, follower) in _followers.Values.Where(known => known.Node == node && known.Follower.IsLost))
            {
                follower.Wake();
            }
        }
    }

    /// <summary>Ends to follow a pod.</summary>
    public void End(string uid)
    {
        lock (_gate)
        {
            EndNeedsLock(uid);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] ending;
        lock (_gate)
        {
            foreach (var uid in _followers.Keys.ToList())
            {
                EndNeedsLock(uid);
            }

            ending = [.. _ending];
        }

        await Task.WhenAll(ending);
        _turns.Dispose();
    }

    private void EndNeedsLock(string uid)
    {
        if (_followers.Remove(uid, out var known))
        {
            _slots.Forget(uid);
            _ending.RemoveAll(task => task.IsCompleted);
            _ending.Add(known.Follower.DisposeAsync().AsTask());
        }
    }

    private PodContainer ContainerOf(Pod pod) => new(pod.Namespace, pod.Name, settings.Layout.Container);
}
