using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Cli;

/// <summary>Prints events as they happen, one line each, flushed at once.</summary>
internal static class EventStream
{
    /// <summary>Returns when cancelled (an interrupt is how it is meant to end), when nobody reads any more, or when the store ends.</summary>
    /// <param name="subscription">Where the events come from.</param>
    /// <param name="after">The number of the last event that was printed already; 0 when none was.</param>
    /// <param name="only">The only agent whose events are of interest; null for all agents and sources.</param>
    /// <param name="filter">Which agents are of interest; events of sources always are.</param>
    /// <param name="lineOf">One line of an event.</param>
    /// <param name="console">Where to print.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static async Task PrintAsync(
        IFleetSubscription subscription,
        long after,
        AgentId? only,
        AgentFilter filter,
        Func<FleetEvent, string> lineOf,
        ICliConsole console,
        CancellationToken cancellationToken)
    {
        var before = subscription.Initial;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var closed = EndWhenClosedAsync(console, ending);
        try
        {
            await foreach (var update in subscription.ReadAllAsync(ending.Token))
            {
                foreach (var happened in update.Events)
                {
                    if (happened.Seq > after && IsOf(happened, only) && Concerns(happened, filter, before, update.Snapshot))
                    {
                        await console.Out.WriteLineAsync(lineOf(happened).AsMemory(), ending.Token);
                    }
                }

                await console.Out.FlushAsync(ending.Token);
                before = update.Snapshot;
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end that was asked for.
        }

        await ending.CancelAsync();
        await closed;
    }

    /// <summary>Prints what another process writes down, until cancelled or nobody reads any more.</summary>
    /// <param name="events">The events.</param>
    /// <param name="only">The only agent whose events are of interest; null for all agents and sources.</param>
    /// <param name="lineOf">One line of an event.</param>
    /// <param name="console">Where to print.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public static async Task PrintAsync(
        Func<CancellationToken, IAsyncEnumerable<FleetEvent>> events, AgentId? only, Func<FleetEvent, string> lineOf, ICliConsole console, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var closed = EndWhenClosedAsync(console, ending);
        try
        {
            await foreach (var happened in events(ending.Token))
            {
                if (IsOf(happened, only))
                {
                    await console.Out.WriteLineAsync(lineOf(happened).AsMemory(), ending.Token);
                    await console.Out.FlushAsync(ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end that was asked for.
        }

        await ending.CancelAsync();
        await closed;
    }

    /// <summary>Whether an event is one of an agent; null stands for all agents and sources.</summary>
    public static bool IsOf(FleetEvent happened, AgentId? agent) => agent is null || happened.Agent == agent;

    // An agent that is gone is judged by how it was last seen.
    private static bool Concerns(FleetEvent happened, AgentFilter filter, FleetSnapshot before, FleetSnapshot after) =>
        happened.Agent is not { } id
        || filter.IsEmpty
        || (after.Agents.TryGetValue(id, out var agent) && filter.Matches(agent, after))
        || (before.Agents.TryGetValue(id, out var earlier) && filter.Matches(earlier, before));

    private static async Task EndWhenClosedAsync(ICliConsole console, CancellationTokenSource ending)
    {
        try
        {
            await console.WaitForClosedOutputAsync(ending.Token);
            await ending.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stream ended first.
        }
    }
}
