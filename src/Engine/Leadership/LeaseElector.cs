using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Leadership;

/// <summary>
/// Competes for one Lease and renews it. What is held is held from the moment that the request was sent, so an answer that comes late
/// shortens it.
/// </summary>
/// <param name="api">The cluster.</param>
/// <param name="lease">The Lease.</param>
/// <param name="identity">Who we are; no other engine may be called so.</param>
/// <param name="times">The times of the election.</param>
/// <param name="time">The clock.</param>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
/// <param name="logger">Where changes are noted.</param>
/// <param name="changed">Called on any thread after <see cref="Holds"/> or <see cref="Standing"/> changed.</param>
internal sealed partial class LeaseElector(
    IKubernetesApi api, ObjectName lease, string identity, LeaseTimes times, TimeProvider time, Func<double> jitter, ILogger logger, Action changed) : IDisposable
{
    // Others that wait look at times that differ, by up to this much of the pause.
    private const double Spread = 1.2;
    private const int Tries = 3;

    // Permissions change seldom.
    private static readonly TimeSpan RefusedRetry = TimeSpan.FromSeconds(30);

    private readonly long _started = time.GetTimestamp();
    private LeaseView? _view;
    private long _heard;
    private volatile bool _isRefused;
    private volatile LeaseTerm? _term;
    private volatile LeaseStanding _standing = LeaseStanding.Unknown;

    /// <summary>Who we are.</summary>
    public string Identity => identity;

    /// <summary>Whether we may write now. False no later than the renew deadline after the last renewal, whatever the API does.</summary>
    public bool Holds => _term is { Lasts: true };

    /// <summary>Ends when <see cref="Holds"/> does; ended already when it is false.</summary>
    public CancellationToken Term => _term is { Lasts: true } term ? term.Ended : new CancellationToken(canceled: true);

    /// <summary>Whether the Lease is not for us: we may not do with it what would have been next.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>When it was last seen that another engine wrote the Lease, by our clock; null before. Up to <see cref="LeaseTimes.Retry"/> after it did.</summary>
    public DateTimeOffset? HeardAt => Interlocked.Read(ref _heard) is not 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>What is known of the Lease.</summary>
    public LeaseStanding Standing => _standing;

    /// <summary>Competes until cancelled. Whoever cancels it still holds what it held: see <see cref="ReleaseAsync"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var again = false;
        while (true)
        {
            again = await TryAsync(cancellationToken) && !again;
            if (!again)
            {
                var pause = Holds ? times.Retry : (_isRefused ? RefusedRetry : times.Retry) * (1 + (Spread * jitter()));
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    /// <summary>Gives back what is held, so that another takes over at once. <see cref="Holds"/> is false before anything is sent. Never fails.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        _term?.End();
        try
        {
            for (var tries = 0; tries < Tries && _view?.Record?.Holder == identity; tries++)
            {
                if (await WriteAsync(LeaseRecord.Released(_view.Version, time.GetUtcNow()), cancellationToken))
                {
                    LogReleased(logger, lease);
                    return;
                }

                await ReadAsync(cancellationToken);
            }
        }
        catch (Exception failure) when (failure is KubernetesApiException or OperationCanceledException)
        {
            // It expires by itself.
            LogKept(logger, lease, failure.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _term?.Dispose();

    private TimeSpan Now() => time.GetElapsedTime(_started);

    // True when it should be tried again at once: the Lease is not as we thought.
    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        // Half the deadline, so that one request that hangs does not cost the term.
        using var patience = new CancellationTokenSource(times.RenewDeadline / 2, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var again = await StepAsync(either.Token);
            _isRefused = false;
            return again;
        }
        catch (KubernetesApiException failure)
        {
            _isRefused = failure.Fault == KubernetesFault.Forbidden;
            Tell(_standing with { Failure = failure.Message });
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Tell(_standing with { Failure = $"{api.Server} did not answer within {times.RenewDeadline.TotalSeconds / 2:0} seconds when asked about {lease}" });
            return false;
        }
    }

    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (_view is null || !Holds)
        {
            await ReadAsync(cancellationToken);
        }

        var step = LeaseRules.Next(_view!, identity, times, Now());
        var renewal = LeaseTerm.Now(time);
        switch (step)
        {
            case LeaseStep.Create:
                if (!await CreateAsync(renewal.At, cancellationToken))
                {
                    return true;
                }

                break;
            case LeaseStep.Take:
                if (!await WriteAsync(LeaseRecord.Taken(_view!.Version, identity, times, renewal.At, _view.Record!.Transitions + 1), cancellationToken))
                {
                    return false;
                }

                break;
            case LeaseStep.Renew:
                if (!await WriteAsync(LeaseRecord.Renewed(_view!.Version, identity, times, renewal.At), cancellationToken))
                {
                    await ReadAsync(cancellationToken);
                    return _view.Record?.Holder == identity;
                }

                break;
            case LeaseStep.Wait:
                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(cancellationToken), step, "unknown step");
        }

        // The answer says whose it is now, not the request.
        if (_view!.Record?.Holder == identity)
        {
            Hold(renewal);
        }

        return false;
    }

    private void Hold(LeaseTerm.Renewal renewal)
    {
        if (_term?.Renew(renewal) == true)
        {
            return;
        }

        var term = new LeaseTerm(renewal, times.RenewDeadline, time, OnEnded);
        var before = _term;
        _term = term;
        before?.Dispose();
        LogHeld(logger, lease, identity);
        changed();
    }

    private void OnEnded()
    {
        LogEnded(logger, lease);
        changed();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await api.GetAsync(lease, cancellationToken);
            See(LeaseRecord.Read(found), LeaseRecord.VersionOf(found));
        }
        catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.NotFound)
        {
            See(null, "");
        }
    }

    private async Task<bool> CreateAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var made = await api.CreateAsync(lease.Kind, lease.Namespace, LeaseRecord.New(lease, identity, times, now), cancellationToken);
            See(LeaseRecord.Read(made), LeaseRecord.VersionOf(made));
            return true;
        }
        catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Conflict)
        {
            return false;
        }
    }

    // False when the Lease is no longer the one that was read.
    private async Task<bool> WriteAsync(JsonObject change, CancellationToken cancellationToken)
    {
        try
        {
            var written = await api.MergeAsync(lease, change, cancellationToken);
            See(LeaseRecord.Read(written), LeaseRecord.VersionOf(written));
            return true;
        }
        catch (KubernetesApiException failure) when (failure.Fault is KubernetesFault.Conflict or KubernetesFault.NotFound)
        {
            return false;
        }
    }

    private void See(LeaseRecord? record, string version)
    {
        var before = _view;
        _view = LeaseRules.Observe(before, record, version, Now());
        if (record?.Holder != identity && before is { Record.Holder: var holder } && holder != identity && before.Record != record)
        {
            Interlocked.Exchange(ref _heard, time.GetUtcNow().UtcTicks);
        }

        if (record?.Holder != identity)
        {
            _term?.End();
        }

        Tell(new LeaseStanding(record?.Holder ?? "", null));
    }

    private void Tell(LeaseStanding standing)
    {
        if (_standing == standing)
        {
            return;
        }

        _standing = standing;
        if (standing.Failure is { } failure)
        {
            LogFailed(logger, lease, failure);
        }
        else if (standing.Holder is { Length: > 0 } holder && holder != identity)
        {
            var name = PlainText.Sanitize(holder);
            LogSeen(logger, lease, name);
        }

        changed();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Lease} is held by this engine, {Identity}")]
    private static partial void LogHeld(ILogger logger, ObjectName lease, string identity);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Lease} is no longer held by this engine")]
    private static partial void LogEnded(ILogger logger, ObjectName lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Lease} is held by {Holder}")]
    private static partial void LogSeen(ILogger logger, ObjectName lease, string holder);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Lease} was given back")]
    private static partial void LogReleased(ILogger logger, ObjectName lease);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lease} could not be given back and expires by itself: {Reason}")]
    private static partial void LogKept(ILogger logger, ObjectName lease, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lease}: {Reason}")]
    private static partial void LogFailed(ILogger logger, ObjectName lease, string reason);
}
