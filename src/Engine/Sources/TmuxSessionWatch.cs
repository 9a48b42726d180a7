using System.Runtime.CompilerServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>The pane of one session on screen, followed over a control-mode stream.</summary>
internal sealed class TmuxSessionWatch : IPaneWatch
{
    private readonly AgentId _agent;
    private readonly TmuxOutputTap _tap;
    private readonly bool _ownsLink;
    private readonly TmuxPaneWatch _watch;
    private readonly TimeProvider _time;
    private readonly Task _listening;

    /// <summary>Prepares to follow; the first capture is taken when it is pulled.</summary>
    /// <param name="agent">Whose pane it is.</param>
    /// <param name="tap">The tap of a link that is attached to the agent's session.</param>
    /// <param name="paneId">The pane.</param>
    /// <param name="ownsLink">Whether the link is this watch's own: it hears its notifications and is closed with it. Otherwise its owner touches the tap.</param>
    /// <param name="time">The clock.</param>
    public TmuxSessionWatch(AgentId agent, TmuxOutputTap tap, string paneId, bool ownsLink, TimeProvider time)
    {
        _agent = agent;
        _tap = tap;
        _ownsLink = ownsLink;
        _watch = new TmuxPaneWatch(tap, paneId, time);
        _time = time;
        _listening = ownsLink ? ListenAsync() : Task.CompletedTask;
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
        if (_ownsLink)
        {
            await _tap.Link.DisposeAsync();
        }

        await _listening;
    }

    private async Task ListenAsync()
    {
        await foreach (var notification in _tap.Link.ReadNotificationsAsync(CancellationToken.None))
        {
            _tap.Note(notification);
        }
    }
}
