using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Keeps declared agents as they are declared and carries out what is asked for: a change in the store, a request or a time that
/// has come asks for a pass over one agent. Agents that are only discovered cost nothing.
/// </summary>
internal sealed class ReconcileLoop : IDisposable
{
    /// <summary>How many passes at once. A pass waits for its source, so this bounds memory, not threads.</summary>
    internal const int Workers = 128;

    private readonly FleetStore _store;
    private readonly IUpkeepMemory _memory;
    private readonly WorkQueue<AgentId> _queue;
    private readonly ReconcileLoad _load;
    private readonly RequestDesk _desk;
    private readonly AgentReconciler _reconciler;
    private readonly Controller<AgentId> _controller;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _resting = new();
    private volatile Task _working = Task.CompletedTask;

    /// <summary>Puts the loop together; <see cref="RunAsync"/> makes it work.</summary>
    /// <param name="store">What is seen.</param>
    /// <param name="memory">What is remembered.</param>
    /// <param name="createReconciler">Makes the reconciler from the desk, and from what asks for another pass.</param>
    /// <param name="time">The clock.</param>
    /// <param name="jitter">Gives numbers from 0 to 1.</param>
    /// <param name="logger">Where failed passes go.</param>
    public ReconcileLoop(
        FleetStore store,
        IUpkeepMemory memory,
        Func<RequestDesk, Action<AgentId>, AgentReconciler> createReconciler,
        TimeProvider time,
        Func<double> jitter,
        ILogger logger)
    {
        _store = store;
        _memory = memory;
        _time = time;
        _queue = new WorkQueue<AgentId>(time, jitter);
        _load = new ReconcileLoad(() => _queue.Count, time);
        _desk = new RequestDesk(_queue.Add);
        _reconciler = createReconciler(_desk, _queue.Add);
        _controller = new Controller<AgentId>(_queue, _reconciler.ReconcileAsync, Workers, _load, logger);
    }

    /// <summary>Where requests are handed in.</summary>
    public RequestDesk Desk => _desk;

    /// <summary>Works until cancelled; steps that are under way are then broken off and waited for.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var working = _controller.RunAsync(_resting.Token, cancellationToken);
        _working = working;
        using var updates = _store.Subscribe();
        AddAll(updates.Initial, _ => true);
        try
        {
            await foreach (var update in updates.ReadAllAsync(cancellationToken))
            {
                Take(update);
            }
        }
        catch (OperationCanceledException)
        {
        }

        await working;
        await _reconciler.WithdrawAsync();
    }

    /// <summary>Asks for a pass over every agent that is kept: who may write changed.</summary>
    public void LookAtAll() => AddAll(_store.Current, _ => true);

    /// <summary>Begins no more passes and waits for those that run.</summary>
    /// <returns>False when some still ran after <paramref name="patience"/>.</returns>
    public async Task<bool> RestAsync(TimeSpan patience)
    {
        await _resting.CancelAsync();
        try
        {
            await _working.WaitAsync(patience, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _load.Dispose();
        _queue.Dispose();
        _resting.Dispose();
    }

    private void Take(FleetUpdate update)
    {
        if (update.Events.Length >= FleetStore.EventLimit)
        {
            // Some were dropped: whom they were about is not known.
            AddAll(update.Snapshot, _ => true);
            return;
        }

        if (update.Events.Any(happened => happened is PhaseChanged or AgentAppeared or AgentGone or SourceLinkChanged))
        {
            foreach (var held in _reconciler.Held)
            {
                _queue.Add(held);
            }
        }

        foreach (var happened in update.Events)
        {
            switch (happened)
            {
                case PhaseChanged or AgentAppeared or AgentGone when Matters(update.Snapshot, happened.Agent!.Value):
                    _queue.Add(happened.Agent.Value);
                    break;
                case ActivityChanged when update.Snapshot.Agents.GetValueOrDefault(happened.Agent!.Value) is { Spec.Apply: ApplyPolicy.Auto, Status.Drift: not null }:
                    _queue.Add(happened.Agent.Value);
                    break;
                case SourceLinkChanged changed:
                    AddAll(update.Snapshot, id => id.Source == changed.Source);
                    break;
                case ConfigurationReloaded:
                    AddAll(update.Snapshot, _ => true);
                    break;
            }
        }
    }

    private void AddAll(FleetSnapshot fleet, Func<AgentId, bool> which)
    {
        foreach (var id in fleet.Agents.Keys.Where(id => which(id) && Matters(fleet, id)))
        {
            _queue.Add(id);
        }
    }

    private bool Matters(FleetSnapshot fleet, AgentId id) =>
        fleet.Agents.GetValueOrDefault(id)?.Spec is not null || _desk.Concerns(id) || _memory.Peek(id) != AgentUpkeep.None;
}
