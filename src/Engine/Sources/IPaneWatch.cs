using AgentDeck.Engine.Panes;

namespace AgentDeck.Engine.Sources;

/// <summary>One pane on screen. Costs nothing while nobody pulls: captures are taken for the reader, never ahead of it. Disposing closes its stream.</summary>
internal interface IPaneWatch : IAsyncDisposable
{
    /// <summary>Asks for a capture at the next pull, for changes that come without output. Safe from any thread.</summary>
    void MarkDirty();

    /// <summary>
    /// A capture at once and after every change, at most 30 a second. <see cref="PaneCapture.Version"/> is 0. One enumeration only.
    /// </summary>
    /// <exception cref="Transports.TransportException">The session ended or its stream was cut.</exception>
    IAsyncEnumerable<PaneCapture> ReadAsync(CancellationToken cancellationToken);
}
