using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Testing;

/// <summary>Makes agents and fleets for tests, all observed at <see cref="Now"/>.</summary>
public static class Fleets
{
    /// <summary>The instant at which <see cref="FakeTimeProvider"/> starts.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    /// <summary>An agent by its id <c>source/name</c>; quiet for <paramref name="idleSeconds"/>, or for an unknown time when that is negative.</summary>
    public static Agent Agent(
        string id,
        AgentPhase phase = AgentPhase.Running,
        Activity activity = Activity.Busy,
        int idleSeconds = 2,
        string? command = "claude",
        string? lastLine = null,
        AgentSpec? spec = null)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        var status = new AgentStatus
        {
            Phase = phase,
            Reason = phase == AgentPhase.Running ? "SessionAlive" : phase.ToString(),
            Activity = phase == AgentPhase.Running ? activity : Activity.None,
            LastActivity = idleSeconds < 0 ? null : Now.AddSeconds(-idleSeconds),
            Command = command,
            LastLine = lastLine,
            ObservedAt = Now,
            Origin = "test",
        };
        return new Agent(new AgentId(id[..slash], "", id[(slash + 1)..]), spec, status, spec is null ? 0 : 1, spec is null ? 0 : 1);
    }

    /// <summary>A declaration that runs <c>sh</c>.</summary>
    public static AgentSpec Spec(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return new AgentSpec(id[(slash + 1)..], id[..slash], "sh", "/", ImmutableDictionary<string, string>.Empty, DesiredState.Running, RestartPolicy.Never, null);
    }

    /// <summary>A fleet of these agents, every source live unless it is named in <paramref name="lost"/>.</summary>
    public static FleetSnapshot Of(IEnumerable<Agent> agents, params SourceStatus[] lost)
    {
        var all = agents.ToImmutableDictionary(agent => agent.Id);
        var sources = lost
            .Concat(all.Keys.Select(id => id.Source).Distinct().Order(StringComparer.Ordinal)
                .Where(name => !lost.Any(source => source.Name == name))
                .Select(name => new SourceStatus(name, "local", SourceLink.Live, Now, null)))
            .ToImmutableArray();
        return new FleetSnapshot(1, all, sources, [], Now);
    }
}
