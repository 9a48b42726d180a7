using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Panes;

/// <summary>The third door: one watcher for each agent on screen, which lingers a little when the agent leaves it.</summary>
internal sealed class PaneFeed : IPaneFeed, IAsyncDisposable
{
    /// <summary>How long the stream of an agent that left the screen stays open: moving through a list must not open and close streams.</summary>
    internal static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly PaneCache _cache = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Pulse _pulse = new();
    private readonly SourceRegistry _sources;
    private readonly TimeProvider _time;
    private readonly Task _following;
    private readonly Dictionary<AgentId, Entry> _entries = [];
    private HashSet<AgentId> _changed = [];

    /// <summary>Starts to follow the store; watches nothing yet.</summary>
    public PaneFeed(FleetStore store, SourceRegistry sources, TimeProvider time)
    {
        _sources = sources;
        _time = time;
        _following = FollowAsync(store.Subscribe());
    }

    /// <inheritdoc/>
    public void Watch(ImmutableArray<AgentId> visible)
    {
        lock (_gate)
        {
            if (_closed.IsCancellationRequested)
            {
                return;
            }

            _cache.Show(visible);
            foreach (var agent in visible)
            {
                if (!_entries.TryGetValue(agent, out var entry))
                {
                    _entries[agent] = StartNeedsLock(agent);
                    continue;
                }

                entry.End.CancelAfter(Timeout.InfiniteTimeSpan);
                entry.Watcher.IsVisible = true;
            }

            foreach (var (agent, entry) in _entries)
            {
                if (entry.Watcher.IsVisible && !visible.Contains(agent))
                {
                    entry.Watcher.IsVisible = false;
                    entry.End.CancelAfter(Linger);
                }
            }
        }
    }

    /// <inheritdoc/>
    public PaneCapture? Latest(AgentId agent) => _cache.Find(agent);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImmutableArray<AgentId>> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _pulse.WaitAsync(cancellationToken))
        {
            ImmutableArray<AgentId> changed;
            lock (_gate)
            {
                changed = [.. _changed];
                _changed = [];
            }

            if (!changed.IsEmpty)
            {
                yield return changed;
            }
        }
    }

    /// <inheritdoc/>
    public Task<PaneCapture> CaptureAsync(AgentId agent, int historyLines, CancellationToken cancellationToken) =>
        _sources.SessionOf(agent).CaptureAsync(historyLines, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_gate)
        {
            running = [_following, .. _entries.Values.Select(entry => entry.Running)];
        }

        await _closed.CancelAsync();
        await Task.WhenAll(running);
        _pulse.Complete();
        _closed.Dispose();
    }

    private Entry StartNeedsLock(AgentId agent)
    {
        var watcher = new PaneWatcher(agent, _sources, _cache, MarkChanged, _time);
        // The linger time is the provider's, hence a source made by it; the feed's own end is linked to it.
        var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        return new Entry(watcher, end, RunAsync(agent, watcher, end));
    }

    private async Task RunAsync(AgentId agent, PaneWatcher watcher, CancellationTokenSource end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, _closed.Token);
        try
        {
            // Yields first, so that the entry stands in the table before the watcher can end.
            await Task.Yield();
            await watcher.RunAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
        }

        lock (_gate)
        {
            _entries.Remove(agent);
            end.Dispose();
            if (watcher.IsVisible && !_closed.IsCancellationRequested)
            {
                // It came back on screen in the instant its linger time ended.
                _entries[agent] = StartNeedsLock(agent);
            }
        }
    }

    private void MarkChanged(AgentId agent)
    {
        lock (_gate)
        {
            _changed.Add(agent);
        }

        _pulse.Set();
    }

    private async Task FollowAsync(IFleetSubscription updates)
    {
        using (updates)
        {
            try
            {
                await foreach (var update in updates.ReadAllAsync(_closed.Token))
                {
                    Follow(update);
                }
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private void Follow(FleetUpdate update)
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values)
            {
                entry.Watcher.LookAgain();
            }

            // An end draws its own line into the pane without output of the program.
            foreach (var ended in update.Events.OfType<PhaseChanged>())
            {
                _entries.GetValueOrDefault(ended.Id)?.Watcher.MarkDirty();
            }
        }
    }

    private sealed record Entry(PaneWatcher Watcher, CancellationTokenSource End, Task Running);
}
