using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Journal;

/// <summary>Opens journals and compares what they remember.</summary>
internal static class Memory
{
    /// <summary>So few entries a snapshot that a short history has several.</summary>
    public static JournalLimits Small { get; } = new() { EntriesPerSnapshot = 5 };

    public static AgentId Agent(string name) => new("gc", "team", name);

    public static FileJournal Open(IJournalFiles files, JournalLimits? limits = null, TimeProvider? time = null, ILogger? logger = null) =>
        FileJournal.Open(files, "agentdeck 1.2.3", limits ?? Small, time ?? new FakeTimeProvider(), () => 1, logger ?? NullLogger.Instance);

    public static JournalledEvent Happened(string text, AgentId? agent = null) => new(0, DateTimeOffset.UnixEpoch, agent, "OperationFinished", text, "bob");

    public static Func<AgentRecord, AgentRecord> Restarted { get; } = record => record with { Upkeep = record.Upkeep with { Restarts = record.Upkeep.Restarts + 1, Phase = AgentPhase.Running } };

    public static AgentRecord Restarts(int restarts) => new() { Upkeep = new AgentUpkeep { Restarts = restarts } };

    public static bool Same(JournalState one, JournalState other) =>
        one.Sequence == other.Sequence
        && one.Agents.Count == other.Agents.Count
        && one.Agents.All(agent => other.Agents.GetValueOrDefault(agent.Key) == agent.Value)
        && one.Events.SequenceEqual(other.Events)
        && one.Foreign.Length == other.Foreign.Length
        && one.Foreign.Zip(other.Foreign).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));

    public static void AssertSame(JournalState expected, JournalState actual)
    {
        Assert.Equal(expected.Sequence, actual.Sequence);
        Assert.Equal(Lines(expected), Lines(actual));
        Assert.True(Same(expected, actual));
    }

    private static IEnumerable<string> Lines(JournalState state) =>
        state.Agents.OrderBy(agent => agent.Key.ToString(), StringComparer.Ordinal).Select(agent => $"{agent.Key}: {agent.Value}")
            .Concat(state.Events.Select(happened => happened.ToString()));
}
