using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Follows the log of one container until that ends, also over a connection that is cut: one line says so, and the log goes on
/// where it was as soon as the cluster answers again.
/// </summary>
/// <param name="place">Where it is.</param>
/// <param name="pod">The pod; another of its name is not followed.</param>
/// <param name="container">The container in it.</param>
/// <param name="time">The clock.</param>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
internal sealed class PodLogFollower(IContainerPlace place, Pod pod, string container, TimeProvider time, Func<double> jitter)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly PodContainer _container = new(pod.Namespace, pod.Name, container);
    private readonly byte[] _piece = new byte[PodLog.PieceSize];
    private readonly TimedLog _log = new();
    private readonly ArrayBufferWriter<byte> _ready = new();
    private readonly Backoff _backoff = new(jitter, TimeSpan.FromSeconds(0.5));

    /// <summary>The log in pieces of whole lines; each is valid until the next is asked for.</summary>
    /// <param name="tail">How many of the last lines to begin with; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TransportException">It cannot be read, or can no more: the cluster refuses, or the pod is gone.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(int? tail, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new LogRequest(Follow: true, Previous: false, tail, Timestamps: true);
        var log = await place.OpenLogAsync(_container, request, cancellationToken);
        try
        {
            while (true)
            {
                var (count, cut) = await ReadAsync(log, cancellationToken);
                Take(count, cut);
                if (_ready.WrittenCount > 0)
                {
                    yield return _ready.WrittenMemory;
                    _ready.ResetWrittenCount();
                }

                if (cut is not null)
                {
                    await log.DisposeAsync();
                    log = await ReopenAsync(request, cancellationToken);
                }
                else if (count == 0)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await log.DisposeAsync();
        }
    }

    private async Task<(int Count, TransportException? Cut)> ReadAsync(Stream log, CancellationToken cancellationToken)
    {
        try
        {
            return (await PodLog.ReadAsync(log, _container, _piece, cancellationToken), null);
        }
        catch (TransportException failure) when (failure.Fault == TransportFault.Cut)
        {
            return (0, failure);
        }
    }

    private void Take(int count, TransportException? cut)
    {
        if (count > 0)
        {
            _backoff.Reset();
            _log.Feed(_piece.AsSpan(0, count), _ready);
        }
        else if (cut is null)
        {
            _log.End(_ready);
        }
        else
        {
            _log.Resume();
            _ready.Write(Encoding.UTF8.GetBytes($"── {PlainText.Sanitize(cut.Message)}; it goes on here when the cluster answers ──\n"));
        }
    }

    private async Task<Stream> ReopenAsync(LogRequest request, CancellationToken cancellationToken)
    {
        var rest = _log.Since is { } since ? request with { TailLines = null, Since = since } : request;
        while (true)
        {
            await Task.Delay(_backoff.Next(LongestWait), time, cancellationToken);
            try
            {
                // Its name may be another's by now, whose log is no continuation.
                await place.RequireAsync(pod, cancellationToken);
                return await place.OpenLogAsync(_container, rest, cancellationToken);
            }
            catch (TransportException failure) when (failure.Fault == TransportFault.Unreachable)
            {
                // It was told once that the log waits for the cluster.
            }
        }
    }
}
