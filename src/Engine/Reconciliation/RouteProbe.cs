using System.Collections.Concurrent;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Keeps a declared agent from running twice when its declaration moved to another source: it is started there only after the one
/// where it was reached last said that it is gone. Its own source is asked anyway, because nothing starts in one that is not live.
/// </summary>
internal sealed class RouteProbe(IFleetStore store, IUpkeepMemory memory)
{
    private readonly ConcurrentDictionary<AgentId, bool> _held = new();

    /// <summary>The agents that wait for the word of another source: whatever changes may be that word.</summary>
    public IEnumerable<AgentId> Held => _held.Keys;

    /// <summary>What the place of a route says of the agent that was reached there. Pure and total.</summary>
    /// <param name="agent">The agent, as it was called there.</param>
    /// <param name="route">The route.</param>
    /// <param name="fleet">What is seen.</param>
    public static RouteWord Ask(AgentId agent, AgentRoute route, FleetSnapshot fleet)
    {
        var seen = fleet.Agents.GetValueOrDefault(agent);
        if (fleet.SourceOf(agent) is not { } source || seen is { Spec: not null })
        {
            return RouteWord.GivenUp;
        }

        return source.Link != SourceLink.Live ? RouteWord.Unknown
            : seen is null || (route.Uid is { } uid && seen.Status.Pod is { } pod && pod.Uid != uid) ? RouteWord.Gone
            : seen.Status.Phase switch
            {
                AgentPhase.Unknown => RouteWord.Unknown,
                AgentPhase.Pending or AgentPhase.Stopped or AgentPhase.Completed or AgentPhase.Failed => RouteWord.Gone,
                _ => RouteWord.Alive,
            };
    }

    /// <summary>Why an agent that does not run here must not be started yet, in one sentence, or null. What is gone elsewhere is forgotten.</summary>
    public string? WhyNot(AgentId agent)
    {
        // First held, then looked: what changes after the look is seen by whoever asks for the held ones.
        _held[agent] = true;
        var fleet = store.Current;
        foreach (var (former, route) in memory.RoutesOf(agent.Name).Where(known => known.Key.Source != agent.Source))
        {
            switch (Ask(former, route, fleet))
            {
                case RouteWord.Alive:
                    return $"it still runs as {PlainText.Sanitize(former.ToString())}, where it was declared before; once that is stopped it is started here";
                case RouteWord.Unknown:
                    return $"it ran as {PlainText.Sanitize(former.ToString())} last, of which nothing is known now; it is started here once that is known to be gone, or by hand";
                case RouteWord.Gone:
                    memory.Forget(former);
                    break;
            }
        }

        Release(agent);
        return null;
    }

    /// <summary>Notes that an agent waits for nobody: it runs, or is not declared.</summary>
    public void Release(AgentId agent) => _held.TryRemove(agent, out _);
}
