using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Starts and stops agents through their sources and reports what the store then shows, never what was merely sent.</summary>
internal sealed class AgentLifecycle(FleetStore store, SourceRegistry sources, TimeProvider time) : IAgentLifecycle
{
    /// <summary>How long an agent may take to end after its interrupt key.</summary>
    internal static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<OperationResult> StartAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (sources.SourceOf(agent) is not { } source)
        {
            return new OperationResult(OperationOutcome.Refused, "its source left the configuration");
        }

        try
        {
            await source.StartAsync(agent, cancellationToken);
            return Describe(agent, wanted: phase => phase is AgentPhase.Running or AgentPhase.Completed, "started");
        }
        catch (TransportException failure)
        {
            return new OperationResult(OperationOutcome.Failed, failure.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<OperationResult> StopAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (sources.SourceOf(agent) is not { } source || !store.Current.Agents.TryGetValue(agent, out var known))
        {
            return new OperationResult(OperationOutcome.Refused, "it is no longer known");
        }

        try
        {
            await source.AnnounceStopAsync(agent, cancellationToken);
            // What takes no keys, or has nothing to press them in, is ended at once.
            var pressed = known.Status.IsLogOnly || source.FindSession(agent) is not { } session
                ? OperationOutcome.Refused
                : (await session.PressAsync([new AgentKey(InterruptKeys.For(known), IsLiteral: false)], cancellationToken)).Outcome;
            if (pressed != OperationOutcome.Refused && await HasEndedWithinAsync(agent, StopGrace, cancellationToken))
            {
                return new OperationResult(OperationOutcome.Succeeded, "stopped");
            }

            await source.KillAsync(agent, cancellationToken);
            return await HasEndedWithinAsync(agent, source.KillGrace, cancellationToken)
                ? new OperationResult(OperationOutcome.Succeeded, pressed == OperationOutcome.Refused ? "stopped" : $"killed: it did not end within {StopGrace.TotalSeconds:0} s of its interrupt key")
                : new OperationResult(OperationOutcome.Failed, "it still runs after being killed; look at its processes with the details view");
        }
        catch (Exception failure) when (failure is TransportException or OperationCanceledException)
        {
            // It may run on for hours: an end by itself must not count as one that was asked for.
            await source.WithdrawStopAsync(agent);
            return failure is TransportException
                ? new OperationResult(OperationOutcome.Failed, failure.Message)
                : throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<OperationResult> RestartAsync(AgentId agent, CancellationToken cancellationToken)
    {
        if (store.Current.Agents.TryGetValue(agent, out var known) && !HasEnded(known))
        {
            var stopped = await StopAsync(agent, cancellationToken);
            if (stopped.Outcome != OperationOutcome.Succeeded)
            {
                return stopped;
            }
        }

        var started = await StartAsync(agent, cancellationToken);
        return started.Outcome == OperationOutcome.Succeeded ? started with { Message = "restarted" } : started;
    }

    private static bool HasEnded(Agent? agent) => agent?.Status.Phase is not (AgentPhase.Running or AgentPhase.Stopping or AgentPhase.Starting);

    private OperationResult Describe(AgentId agent, Func<AgentPhase, bool> wanted, string success)
    {
        var status = store.Current.Agents.GetValueOrDefault(agent)?.Status;
        return status switch
        {
            null => new OperationResult(OperationOutcome.Failed, "it vanished right after"),
            _ when wanted(status.Phase) => new OperationResult(OperationOutcome.Succeeded, success),
            _ => new OperationResult(OperationOutcome.Failed, $"it is {Words.Of(status.Phase)}: {status.Message}"),
        };
    }

    private async Task<bool> HasEndedWithinAsync(AgentId agent, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var updates = store.Subscribe();
        if (HasEnded(updates.Initial.Agents.GetValueOrDefault(agent)))
        {
            return true;
        }

        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await foreach (var update in updates.ReadAllAsync(either.Token))
            {
                if (HasEnded(update.Snapshot.Agents.GetValueOrDefault(agent)))
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return false;
    }
}
