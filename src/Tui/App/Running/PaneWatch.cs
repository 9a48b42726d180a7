using System.Collections.Immutable;
using System.Threading.Channels;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.App.Running;

/// <summary>
/// Tells the engine which panes are on screen. The first change is told at once; while the selection races through the list
/// only where it comes to rest, so that no stream is opened for a pane that flits by.
/// </summary>
internal sealed class PaneWatch(IPaneFeed feed, CellTables tables, ChannelWriter<AppMessage> inbox, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(80);

    private readonly Channel<ImmutableArray<AgentId>> _wanted =
        Channel.CreateBounded<ImmutableArray<AgentId>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Takes the panes that are on screen now.</summary>
    public void Want(ImmutableArray<AgentId> agents) => _wanted.Writer.TryWrite(agents);

    /// <summary>Tells the engine until cancelled. What it knows of a pane already is shown at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var agents in _wanted.Reader.ReadAllAsync(cancellationToken))
        {
            feed.Watch(agents);
            var known = agents.Select(feed.Latest).OfType<PaneCapture>().Select(capture => PaneScreens.Parse(capture, tables)).ToImmutableArray();
            if (!known.IsEmpty)
            {
                await inbox.WriteAsync(new PanesChanged(known), cancellationToken);
            }

            await Task.Delay(Rest, time, cancellationToken);
        }
    }
}
