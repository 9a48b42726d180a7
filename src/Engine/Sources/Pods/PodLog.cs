using System.Runtime.CompilerServices;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Reads the log of a container, and says failures in the words of the ports.</summary>
internal static class PodLog
{
    /// <summary>How many bytes are read at once.</summary>
    internal const int PieceSize = 16 * 1024;

    /// <summary>The log in pieces; each is valid until the next is asked for.</summary>
    /// <exception cref="TransportException">It cannot be read, or was cut.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        IContainerPlace place, PodContainer container, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var log = await place.OpenLogAsync(container, request, cancellationToken);
        var piece = new byte[PieceSize];
        int count;
        while ((count = await ReadAsync(log, container, piece, cancellationToken)) > 0)
        {
            yield return piece.AsMemory(0, count);
        }
    }

    /// <summary>The next bytes of a log; none at its end.</summary>
    /// <exception cref="TransportException">It was cut.</exception>
    public static async Task<int> ReadAsync(Stream log, PodContainer container, byte[] piece, CancellationToken cancellationToken)
    {
        try
        {
            return await log.ReadAsync(piece, cancellationToken);
        }
        catch (Exception failure) when (failure is KubernetesApiException or IOException)
        {
            throw new TransportException(TransportFault.Cut, $"the log of {container} was cut: {failure.Message}", failure);
        }
    }
}
