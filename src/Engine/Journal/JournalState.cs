using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>Everything that the journal holds, at one moment. Immutable.</summary>
/// <param name="Agents">What is remembered of each agent.</param>
/// <param name="Events">The latest events, oldest first, <see cref="MostEvents"/> at most.</param>
/// <param name="Sequence">The number of the last change; 0 when there was none.</param>
internal sealed record JournalState(
    ImmutableDictionary<AgentId, AgentRecord> Agents, ImmutableList<JournalledEvent> Events, long Sequence)
{
    /// <summary>How many events are remembered.</summary>
    public const int MostEvents = 1000;

    /// <summary>Nothing was ever recorded.</summary>
    public static JournalState Empty { get; } = new(ImmutableDictionary<AgentId, AgentRecord>.Empty, [], 0);

    /// <summary>Lines that a newer program wrote and this one does not understand, as they stand in the file without their line feeds.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Foreign { get; init; } = [];

    /// <summary>Whether an event is remembered that is the same for programs, whichever number it got.</summary>
    public bool Holds(JournalledEvent happened) => happened.What is { } what && Events.Exists(known => known.What == what);

    /// <summary>The same without what operators asked for.</summary>
    public JournalState WithoutRequests() => this with
    {
        Agents = Agents.SetItems(
            from agent in Agents
            where agent.Value.Upkeep.Request is not null
            select KeyValuePair.Create(agent.Key, agent.Value with { Upkeep = agent.Value.Upkeep with { Request = null } })),
    };

    /// <summary>The state after a change. Applying the same line twice gives the same agents.</summary>
    public JournalState Apply(JournalLine line)
    {
        var next = this with { Sequence = Math.Max(Sequence, line.Seq) };
        return line switch
        {
            { Kind: JournalLine.AgentKind, Agent: { } agent, Record: { } record } => next with { Agents = Agents.SetItem(agent, record) },
            { Kind: JournalLine.ForgottenKind, Agent: { } agent } => next with { Agents = Agents.Remove(agent) },
            { Kind: JournalLine.EventKind } => next with { Events = (Events.Count < MostEvents ? Events : Events.RemoveAt(0)).Add(line.ToEvent()) },
            _ => next,
        };
    }
}
