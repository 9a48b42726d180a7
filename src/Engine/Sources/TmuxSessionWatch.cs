using System.Runtime.CompilerServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>The control-mode stream of one session on screen.</summary>
internal sealed class TmuxSessionWatch : IPaneWatch
{
    private readonly AgentId _agent;
    private readonly TmuxLink _link;
    private readonly TmuxPaneWatch _watch;
    private readonly TimeProvider _time;
    private readonly Task _listening;

    /// <summary>Takes over a link that is attached to the agent's session; it is closed with the watch.</summary>
    public TmuxSessionWatch(AgentId agent, TmuxLink link, string paneId, TimeProvider time)
    {
        _agent = agent;
        _link = link;
        _watch = new TmuxPaneWatch(link, paneId, time);
        _time = time;
        _listening = ListenAsync();
    }

    /// <inheritdoc/>
    public void MarkDirty() => _watch.MarkDirty();

    /// <inheritdoc/>
    public async IAsyncEnumerable<PaneCapture> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var captures = _watch.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            TmuxCapture capture;
            try
            {
                if (!await captures.MoveNextAsync())
                {
                    yield break;
                }

                capture = captures.Current;
            }
            catch (TmuxException failure)
            {
                throw TmuxFailures.ToTransport(failure);
            }

            yield return new PaneCapture(_agent, 0, PaneContentKind.Screen, _time.GetUtcNow(), capture.Content, capture.Metadata);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _listening;
    }

    // A resize and copy mode change the picture without output.
    private async Task ListenAsync()
    {
        await foreach (var notification in _link.ReadNotificationsAsync(CancellationToken.None))
        {
            if (notification is TmuxNotification.LayoutChanged or TmuxNotification.PaneModeChanged)
            {
                _watch.MarkDirty();
            }
        }
    }
}
