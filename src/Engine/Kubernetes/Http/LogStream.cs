using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes.Http;

/// <summary>The body of an answer that is read as it comes. Owns the answer; fails as the API does.</summary>
internal sealed class LogStream(HttpResponseMessage response, Stream body, string server) : OneWayStream(isRead: true)
{
    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw StreamFaults.Lost(server, failure);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
