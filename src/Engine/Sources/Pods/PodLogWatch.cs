using System.Runtime.CompilerServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The log of a container on screen, as it is written. Takes over the stream.</summary>
internal sealed class PodLogWatch : IPaneWatch
{
    private const int LinesKept = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(33);

    private readonly AgentId _agent;
    private readonly Stream _log;
    private readonly TimeProvider _time;
    private readonly LogTail _tail = new(LinesKept);
    private readonly Lock _gate = new();
    private readonly Pulse _news = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;

    /// <summary>Starts to read.</summary>
    public PodLogWatch(AgentId agent, Stream log, TimeProvider time)
    {
        _agent = agent;
        _log = log;
        _time = time;
        _reading = ReadLogAsync();
    }

    /// <summary>A picture of the last lines: as many rows as there are lines, as wide as the widest may be.</summary>
    public static PaneCapture Capture(AgentId agent, LogTail tail, TimeProvider time) =>
        new(agent, 0, PaneContentKind.Log, time.GetUtcNow(), tail.Content(), new PaneMetadata { PaneId = "", Size = new Size(LogTail.LineLimit, Math.Max(1, tail.Count)) });

    /// <inheritdoc/>
    public void MarkDirty() => _news.Set();

    /// <inheritdoc/>
    public async IAsyncEnumerable<PaneCapture> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _news.Set();
        while (await _news.WaitAsync(cancellationToken))
        {
            PaneCapture capture;
            lock (_gate)
            {
                capture = Capture(_agent, _tail, _time);
            }

            yield return capture;
            await Task.Delay(Interval, _time, cancellationToken);
        }

        throw new TransportException(TransportFault.Cut, "the log ended");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _log.DisposeAsync();
        await _reading;
        _closing.Dispose();
    }

    private async Task ReadLogAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await _log.ReadAsync(buffer, _closing.Token)) > 0)
            {
                lock (_gate)
                {
                    _tail.Feed(buffer.AsSpan(0, count));
                }

                _news.Set();
            }
        }
        catch (Exception failure) when (failure is KubernetesApiException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The reader learns it from the end of the watch; what was read so far stays on screen.
        }
        finally
        {
            _news.Complete();
        }
    }
}
