using System.Collections.Immutable;
using System.Text.Json;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Kubernetes.Watching;

/// <summary>
/// Keeps up with the objects of a query for ever: lists them page by page, watches from there, and goes on after every failure.
/// Each object is read at once to what the observer wants of it, so that pages need not be kept.
/// </summary>
/// <typeparam name="T">What objects are read to.</typeparam>
/// <param name="api">The cluster.</param>
/// <param name="query">Which objects.</param>
/// <param name="read">Reads one; null leaves it out. Must not throw, whatever it is given.</param>
/// <param name="observer">Hears of it.</param>
/// <param name="time">For the waits.</param>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
internal sealed class ObjectFollower<T>(
    IKubernetesApi api, ObjectQuery query, Func<JsonElement, T?> read, IObjectObserver<T> observer, TimeProvider time, Func<double> jitter)
    where T : class
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);

    // A server that cannot be reached is not burdened by trying, and its return must be seen within five seconds.
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan SlowSpread = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestRequestedWait = TimeSpan.FromMinutes(5);

    // What was missed comes without a pause, and then nothing for a moment; a fleet that never rests is no older than this for long.
    private static readonly TimeSpan CatchUp = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(1);

    // A watch that the server ends sooner than this says nothing about its health.
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(5);

    private readonly Backoff _backoff = new(jitter, FirstWait);
    private string? _version;
    private bool _isLive;
    private bool _isLostVersion;
    private bool _isCaughtUp;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _version ??= await ListAsync(cancellationToken);
                if (!await WatchAsync(_version, cancellationToken))
                {
                    await Task.Delay(_backoff.Next(), time, cancellationToken);
                }
            }
            catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Expired)
            {
                // Not a loss of contact, but often the end of one. The first time in a row it is listed again at once.
                var wait = _isLostVersion ? _backoff.Next() : TimeSpan.Zero;
                _isLostVersion = true;
                _version = null;
                await Task.Delay(wait, time, cancellationToken);
            }
            catch (KubernetesApiException failure)
            {
                await PauseAsync(failure, cancellationToken);
            }
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        string version;
        string? next = null;
        do
        {
            using var page = await api.ListAsync(query, next, cancellationToken);
            foreach (var item in page.Items)
            {
                if (read(item) is { } known)
                {
                    items.Add(known);
                }
            }

            (version, next) = (page.ResourceVersion, page.Continue);
        }
        while (next is not null);

        observer.Listed(items.ToImmutable());
        _isCaughtUp = true;
        return version;
    }

    /// <returns>Whether the watch was of use: it told something, or lasted.</returns>
    private async Task<bool> WatchAsync(string version, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var told = false;
        try
        {
            await using var changes = api.WatchAsync(query, version, cancellationToken).GetAsyncEnumerator(cancellationToken);
            long? opened = null;
            while (await MoveAsync(changes, opened, cancellationToken))
            {
                var change = changes.Current;
                if (_isCaughtUp)
                {
                    TellLive();
                }

                // The first bookmark is not the server's.
                if (change.Object.ValueKind == JsonValueKind.Undefined)
                {
                    opened = time.GetTimestamp();
                    continue;
                }

                told = true;
                _isLostVersion = false;
                _backoff.Reset();
                _version = change.ResourceVersion.Length > 0 ? change.ResourceVersion : _version;
                if (change.Type != WatchEventType.Bookmark && read(change.Object) is { } item)
                {
                    observer.Changed(change.Type, item);
                }
            }
        }
        finally
        {
            if (time.GetElapsedTime(since) >= ShortWatch)
            {
                told = true;
                _backoff.Reset();
            }
        }

        return told;
    }

    // A watch that goes on after a loss first tells what was missed, or that too much was: until then nothing is known to be current.
    private async Task<bool> MoveAsync(IAsyncEnumerator<WatchEvent> changes, long? opened, CancellationToken cancellationToken)
    {
        if (_isCaughtUp || opened is not { } since)
        {
            return await changes.MoveNextAsync();
        }

        var next = changes.MoveNextAsync().AsTask();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var quiet = Task.Delay(time.GetElapsedTime(since) < LongestCatchUp ? CatchUp : TimeSpan.Zero, time, stopping.Token);
        if (await Task.WhenAny(next, quiet) == quiet && !cancellationToken.IsCancellationRequested)
        {
            _isCaughtUp = true;
            TellLive();
        }

        await stopping.CancelAsync();
        return await next;
    }

    private void TellLive()
    {
        if (!_isLive)
        {
            _isLive = true;
            observer.LinkChanged(ObjectLink.Live);
        }
    }

    private async Task PauseAsync(KubernetesApiException failure, CancellationToken cancellationToken)
    {
        _isLive = false;
        _isCaughtUp = false;
        if (failure.Fault is KubernetesFault.Forbidden or KubernetesFault.NotFound)
        {
            // Who may list but not watch sees at least what a list shows from time to time; a kind that comes back comes back empty.
            _version = null;
        }

        var wait = Wait(failure);
        observer.LinkChanged(new ObjectLink(failure, time.GetUtcNow() + wait));
        await Task.Delay(wait, time, cancellationToken);
    }

    private TimeSpan Wait(KubernetesApiException failure) => failure switch
    {
        { RetryAfter: { } asked } => asked < LongestRequestedWait ? asked : LongestRequestedWait,
        { Fault: KubernetesFault.Forbidden or KubernetesFault.NotFound or KubernetesFault.Configuration } => Slow + (SlowSpread * jitter()),
        { Fault: KubernetesFault.Unreachable } => _backoff.Next(LongestAbsence),
        _ => _backoff.Next(),
    };
}
