using AgentDeck.Engine.Panes;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>A watch that tells when it is closed: until then its pod counts as on screen.</summary>
internal sealed class ShownWatch(IPaneWatch watch, IDisposable? shown) : IPaneWatch
{
    /// <inheritdoc/>
    public void MarkDirty() => watch.MarkDirty();

    /// <inheritdoc/>
    public IAsyncEnumerable<PaneCapture> ReadAsync(CancellationToken cancellationToken) => watch.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        shown?.Dispose();
    }
}
