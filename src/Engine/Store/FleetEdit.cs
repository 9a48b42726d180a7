using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>
/// One change of the fleet, made inside <see cref="FleetStore.Apply"/> and nowhere else. Reads see the writes before them.
/// What was written but equals what stood there before counts as no change; see <see cref="Freshness"/> for why times do.
/// </summary>
internal sealed class FleetEdit
{
    private readonly FleetSnapshot _before;
    private readonly Func<AgentId, Acknowledgement?>? _acknowledged;
    private readonly List<Func<long, DateTimeOffset, FleetEvent>> _records = [];
    private readonly Dictionary<AgentId, string> _touched = [];
    private ImmutableDictionary<AgentId, Agent> _agents;
    private ImmutableArray<SourceStatus> _sources;
    private ImmutableArray<ConfigurationProblem> _problems;

    internal FleetEdit(FleetSnapshot before, Func<AgentId, Acknowledgement?>? acknowledged = null)
    {
        _acknowledged = acknowledged;
        _before = before;
        _agents = before.Agents;
        _sources = before.Sources;
        _problems = before.Problems;
    }

    /// <summary>The agents as this edit has them so far.</summary>
    public ImmutableDictionary<AgentId, Agent> Agents => _agents;

    /// <summary>The sources as this edit has them so far.</summary>
    public ImmutableArray<SourceStatus> Sources => _sources;

    /// <summary>The agents that this edit added, changed or removed.</summary>
    internal IReadOnlyCollection<AgentId> Touched => _touched.Keys;

    /// <summary>Adds an agent or replaces it; what the engine does about it and who acknowledged it stay as they are.</summary>
    public void Set(Agent agent)
    {
        if (_agents.TryGetValue(agent.Id, out var old))
        {
            var carries = ReferenceEquals(agent.Upkeep, old.Upkeep) && ReferenceEquals(agent.Acknowledged, old.Acknowledged);
            Replace(old, carries ? agent : agent with { Upkeep = old.Upkeep, Acknowledged = old.Acknowledged });
        }
        else
        {
            _agents = _agents.Add(agent.Id, _acknowledged?.Invoke(agent.Id) is { } seen ? agent with { Acknowledged = seen } : agent);
            _touched.TryAdd(agent.Id, "");
        }
    }

    /// <summary>Replaces what the engine does about an agent; nothing happens when that is not known.</summary>
    public void SetUpkeep(AgentId id, AgentUpkeep upkeep)
    {
        if (_agents.TryGetValue(id, out var old))
        {
            Replace(old, old with { Upkeep = upkeep });
        }
    }

    /// <summary>An operator has seen what an agent wants; nothing happens when that is not known.</summary>
    public void Acknowledge(AgentId id, Acknowledgement seen)
    {
        if (_agents.TryGetValue(id, out var old))
        {
            Replace(old, old with { Acknowledged = seen });
        }
    }

    /// <summary>Forgets an agent that its source no longer knows.</summary>
    /// <param name="id">The agent; nothing happens when it is not known.</param>
    /// <param name="reason">Why, for people.</param>
    public void Remove(AgentId id, string reason)
    {
        if (_agents.ContainsKey(id))
        {
            _agents = _agents.Remove(id);
            _touched[id] = reason;
        }
    }

    /// <summary>Replaces the status of a source, or appends a source that is new.</summary>
    public void SetSource(SourceStatus status)
    {
        for (var index = 0; index < _sources.Length; index++)
        {
            if (_sources[index].Name == status.Name)
            {
                _sources = _sources[index] == status ? _sources : _sources.SetItem(index, status);
                return;
            }
        }

        _sources = _sources.Add(status);
    }

    /// <summary>Replaces the whole list of sources, keeping what is known of those that stay, and forgets the agents of the others.</summary>
    public void ArrangeSources(ImmutableArray<SourceStatus> sources)
    {
        var known = _sources.ToDictionary(source => source.Name);
        var arranged = ImmutableArray.CreateRange(sources, source => known.GetValueOrDefault(source.Name, source));
        foreach (var id in _agents.Keys.Where(id => !arranged.Any(source => source.Name == id.Source)).ToList())
        {
            Remove(id, "its source left the configuration");
        }

        _sources = arranged.SequenceEqual(_sources) ? _sources : arranged;
    }

    /// <summary>Replaces what is wrong with the configuration.</summary>
    public void SetProblems(ImmutableArray<ConfigurationProblem> problems) =>
        _problems = problems.SequenceEqual(_problems) ? _problems : problems;

    /// <summary>Records an event that no difference of snapshots shows.</summary>
    /// <param name="create">Makes the event from its number and time.</param>
    public void Record(Func<long, DateTimeOffset, FleetEvent> create) => _records.Add(create);

    /// <summary>The snapshot after this edit; the one before when nothing changed.</summary>
    internal FleetSnapshot Complete(DateTimeOffset now)
    {
        var same = ReferenceEquals(_agents, _before.Agents) && _sources == _before.Sources && _problems == _before.Problems;
        return same && _records.Count == 0
            ? _before
            : new FleetSnapshot(_before.Version + 1, _agents, _sources, _problems, now);
    }

    /// <summary>The events of this edit in order: differences of sources, of agents, then recorded ones.</summary>
    internal List<FleetEvent> Events(long seq, DateTimeOffset now)
    {
        var events = new List<FleetEvent>();
        foreach (var source in _sources)
        {
            events.AddRange(FleetDifference.OfSource(_before.Sources.FirstOrDefault(old => old.Name == source.Name), source, seq + events.Count, now));
        }

        foreach (var (id, reason) in _touched)
        {
            events.AddRange(FleetDifference.OfAgent(_before.Agents.GetValueOrDefault(id), _agents.GetValueOrDefault(id), reason, seq + events.Count, now));
        }

        foreach (var create in _records)
        {
            events.Add(create(seq + events.Count, now));
        }

        return events;
    }

    private void Replace(Agent old, Agent agent)
    {
        if (!IsSame(old, agent))
        {
            _agents = _agents.SetItem(agent.Id, agent);
            _touched.TryAdd(agent.Id, "");
        }
    }

    private static bool IsSame(Agent old, Agent next) =>
        old with { Status = old.Status with { ObservedAt = next.Status.ObservedAt } } == next;
}
