using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests;

/// <summary>Short ways to write agents in tests.</summary>
internal static class Fleet
{
    public static readonly SourceStatus Here = new("here", "local", SourceLink.Live, DateTimeOffset.UnixEpoch, null);

    public static AgentId Id(string name) => new("here", "", name);

    public static Agent Agent(string name, AgentPhase phase = AgentPhase.Running, Activity activity = Activity.None, AgentSpec? spec = null) =>
        new(
            Id(name),
            spec,
            new AgentStatus { Phase = phase, Reason = "Test", Activity = activity, ObservedAt = DateTimeOffset.UnixEpoch, Origin = "test" },
            spec is null ? 0 : 1,
            spec is null ? 0 : 1);

    public static AgentSpec Spec(string name, string command = "sleep 1000", DesiredState desired = DesiredState.Running) =>
        new(name, "here", command, Path.GetTempPath(), ImmutableDictionary<string, string>.Empty, desired, RestartPolicy.Never, null);
}
