using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Follows the tmux session of one pod for as long as its container runs: over one control-mode stream while there is a slot
/// for one, otherwise by a look at intervals. It tells the book what tmux says; whether the pod is gone is the API's matter.
/// </summary>
internal sealed class PodFollower : IAsyncDisposable
{
    /// <summary>The longest first wait after a stream that was lost.</summary>
    internal static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait after a stream that was lost, while its agent is on screen or few others are lost: what mends must be seen within five seconds.</summary>
    internal static readonly TimeSpan LongestWhileWatched = TimeSpan.FromSeconds(3);

    // With many pods each waits so much longer that all of them together ask no more often.
    private static readonly TimeSpan LongestPerPod = TimeSpan.FromSeconds(0.3);

    /// <summary>How long to leave a container alone that has no tmux, or that we may not look into: somebody may change that.</summary>
    internal static readonly TimeSpan NoTmuxRetry = TimeSpan.FromMinutes(5);

    // About ten seconds of them: a container that is killed takes no longer to end.
    private const int MostDoubts = 6;

    /// <summary>How long a container may take until there is a session in it, before it is taken for one that has one.</summary>
    internal static readonly TimeSpan Beginning = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BeforeReattach = TimeSpan.FromMilliseconds(20);

    private readonly PodReach _reach;
    private readonly PodBook _book;
    private readonly StreamSlots _slots;
    private readonly ExecTurns _turns;
    private readonly TimeProvider _time;
    private readonly Backoff _lost;
    private readonly Backoff _absent;
    private readonly Backoff _sweeping;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Store.Pulse _wake = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _isWoken;
    private bool _hadTmux;
    private int _doubts;

    /// <summary>Prepares to follow; <see cref="Start"/> begins.</summary>
    /// <param name="reach">The pod and the ways to it.</param>
    /// <param name="book">What is told.</param>
    /// <param name="slots">Who may keep a stream open.</param>
    /// <param name="turns">Bounds how often streams are opened and looks taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Gives numbers from 0 to 1.</param>
    public PodFollower(PodReach reach, PodBook book, StreamSlots slots, ExecTurns turns, TimeProvider time, Func<double> jitter)
    {
        (_reach, _book, _slots, _turns, _time) = (reach, book, slots, turns, time);
        _lost = new Backoff(jitter, FirstRetry);
        _absent = new Backoff(jitter, TimeSpan.FromSeconds(1));
        _sweeping = new Backoff(jitter, TimeSpan.FromSeconds(10));
    }

    /// <summary>Completes when tmux was asked once, whatever it said. Never fails.</summary>
    public Task FirstAnswer => _firstAnswer.Task;

    /// <summary>Whether a stream is open now.</summary>
    public bool IsStreaming => _reach.Tap is not null;

    /// <summary>Whether its stream was lost and did not come back yet.</summary>
    public bool IsLost => !_lost.IsFresh;

    /// <summary>How many pods its source follows.</summary>
    public required Func<int> Followed { get; init; }

    /// <summary>Told when a stream that was lost is open again.</summary>
    public required Action Returned { get; init; }

    /// <summary>Whether it asked once and will not ask again.</summary>
    public bool HasEnded => _running.IsCompleted;

    /// <summary>Begins.</summary>
    /// <param name="onlyOnce">Looks once and ends.</param>
    public void Start(bool onlyOnce) => _running = RunAsync(onlyOnce);

    /// <summary>Asks again at once, and soon again if that fails: the way to the pod is open again, or it is on screen now.</summary>
    public void Wake()
    {
        _isWoken = true;
        _wake.Set();
        if (_slots.IsShown(_reach.Uid))
        {
            _turns.Prefer(_reach.Uid);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
    }

    private async Task RunAsync(bool onlyOnce)
    {
        try
        {
            while (true)
            {
                var wait = await AskAsync(mayStream: !onlyOnce);
                _firstAnswer.TrySetResult();
                if (onlyOnce)
                {
                    return;
                }

                await WaitAsync(wait);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
        }
        finally
        {
            _firstAnswer.TrySetResult();
        }
    }

    // How long to wait before the next try.
    private async Task<TimeSpan> AskAsync(bool mayStream)
    {
        using var slot = mayStream && !_reach.IsTooOld ? _slots.TryTake(_reach.Uid) : null;
        return slot is null ? await SweepAsync() : await StreamAsync(slot.Evicted);
    }

    private async Task WaitAsync(TimeSpan wait)
    {
        using var due = new CancellationTokenSource(wait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, due.Token);
        try
        {
            await _wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!_ending.IsCancellationRequested)
        {
        }

        if (_isWoken)
        {
            _isWoken = false;
            _lost.Reset();
            _absent.Reset();
        }
    }

    private async Task<TimeSpan> StreamAsync(CancellationToken evicted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, evicted);
        try
        {
            await using var link = await OpenAsync(either.Token);
            await FollowAsync(link, either.Token);
            var end = await link.Completion.WaitAsync(either.Token);
            if (end.Cause is TmuxLinkEndCause.Exited or TmuxLinkEndCause.ServerGone)
            {
                // Whether the session is gone is what the next client is told.
                return BeforeReattach;
            }

            _book.SetLost(_reach.Uid, PlainText.Sanitize(end.Reason, 300));
            return NextTry();
        }
        catch (TmuxException failure)
        {
            return await RecoverAsync(failure, PodContact.Streaming);
        }
        catch (OperationCanceledException) when (evicted.IsCancellationRequested && !_ending.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        finally
        {
            _reach.Tap = null;
        }
    }

    private async Task<TmuxLink> OpenAsync(CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        if (MayBegin)
        {
            // Whoever starts that server is about to make its first session: no moment to attach, see ITmuxTurns. And where a pod took another one's
            // name, that one's session may still be there.
            await TmuxSessionList.RequireAnyAsync(_reach.OwnRunner, _reach.Address, cancellationToken);
        }

        return await TmuxLink.OpenAsync(_reach.Transport, _reach.Address, _reach.Target, _time, cancellationToken);
    }

    private bool MayBegin => !_absent.IsFresh || IsYoung;

    private bool IsYoung => _book.FindPod(_reach.Uid)?.Reading.StartedAt is not { } started || _time.GetUtcNow() < started + Beginning;

    private Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken) => _turns.TakeAsync(
        _reach.Uid, _slots.IsShown(_reach.Uid) ? ExecRank.OnScreen : _firstAnswer.Task.IsCompleted ? ExecRank.Again : ExecRank.NeverAsked, cancellationToken);

    private async Task FollowAsync(TmuxLink link, CancellationToken cancellationToken)
    {
        await TmuxActivitySubscription.StartAsync(link, cancellationToken);
        var tap = new TmuxOutputTap(link);
        _reach.Tap = tap;
        var eye = new PodEye(_reach, _book, tap, _time);
        await eye.ListAsync(cancellationToken);
        var wasLost = IsLost;
        _hadTmux = true;
        _lost.Reset();
        _absent.Reset();
        if (wasLost)
        {
            Returned();
        }

        await using var notifications = link.ReadNotificationsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = notifications.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                await eye.LookAsync(cancellationToken);
                _firstAnswer.TrySetResult();
                if (await IsDueFirstAsync(eye.NextLook, next, cancellationToken))
                {
                    continue;
                }

                if (!await next)
                {
                    return;
                }

                await eye.NoteAsync(notifications.Current, cancellationToken);
                next = notifications.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator must not be disposed while it moves; the link's end or the cancellation ends the move.
            await Task.WhenAny(next);
        }
    }

    private async Task<bool> IsDueFirstAsync(DateTimeOffset? due, Task next, CancellationToken cancellationToken)
    {
        if (due is not { } at)
        {
            await Task.WhenAny(next);
            return false;
        }

        var wait = at - _time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return true;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(wait, _time, stopping.Token);
        var first = await Task.WhenAny(next, delay);
        await stopping.CancelAsync();
        return first == delay;
    }

    private async Task<TimeSpan> SweepAsync()
    {
        using var turn = await TakeTurnAsync(_ending.Token);
        try
        {
            var (session, look) = await TmuxSweep.LookAsync(_reach, _ending.Token);
            _hadTmux = true;
            var before = _book.FindPod(_reach.Uid)?.Session?.LastActivity;
            _book.SetSession(_reach.Uid, PodContact.Swept, session, _reach.HandleOf);
            var info = _reach.Info is { } file ? await file.ReadAsync(_ending.Token) : null;
            _book.SetLook(_reach.Uid, look with { Info = info }, _time.GetUtcNow() - session.LastActivity);
            if (before != session.LastActivity)
            {
                _sweeping.Reset();
            }

            return _sweeping.Next();
        }
        catch (TmuxException failure)
        {
            return await RecoverAsync(failure, PodContact.Swept);
        }
    }

    private async Task<TimeSpan> RecoverAsync(TmuxException failure, PodContact asked)
    {
        if (failure.InnerException is TransportException { InnerException: KubernetesApiException { Fault: KubernetesFault.Forbidden } } refused)
        {
            _book.SetLogOnly(_reach.Uid, PodContact.Barred, refused.Message, _reach.LogHandle());
            return NoTmuxRetry;
        }

        // What the way to the pod says is no word of tmux.
        if (failure.InnerException is TransportException { Fault: not TransportFault.ProgramMissing })
        {
            _book.SetLost(_reach.Uid, failure.Message);
            return NextTry();
        }

        switch (failure.Fault)
        {
            case TmuxFault.ServerGone or TmuxFault.NoSessions or TmuxFault.TargetGone:
                _hadTmux = true;
                _book.SetSession(_reach.Uid, asked, null, _reach.HandleOf);
                if (_reach.Info is { } file)
                {
                    _book.SetInfo(_reach.Uid, await file.ReadAsync(_ending.Token));
                }

                return _absent.Next();
            // Nothing can be run in a container that only begins, or in one of its pod's name that is about to end; no shell said that there is no tmux.
            case TmuxFault.ProgramMissing when !_hadTmux && IsYoung && failure.InnerException is not null && _doubts++ < MostDoubts:
                _book.SetLost(_reach.Uid, failure.Message);
                return NextTry();
            // A container does not lose its tmux: what runs containers could not start it.
            case TmuxFault.ProgramMissing when !_hadTmux:
                _book.SetLogOnly(_reach.Uid, PodContact.NoTmux, null, _reach.LogHandle());
                return NoTmuxRetry;
            case TmuxFault.TooOld when !_reach.IsTooOld:
                _reach.IsTooOld = true;
                return TimeSpan.Zero;
            default:
                _book.SetLost(_reach.Uid, TmuxFailures.Explain(failure));
                return NextTry();
        }
    }

    private TimeSpan NextTry()
    {
        var apart = LongestPerPod * Followed();
        return _lost.Next(apart <= LongestWhileWatched || _slots.IsShown(_reach.Uid) ? LongestWhileWatched : apart < Backoff.Most ? apart : Backoff.Most);
    }
}
