using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>What an engine remembers from the moment on that it may write the journal. Pure.</summary>
internal static class JournalHandover
{
    /// <summary>After another engine wrote the file: what that one remembered counts, and of our own what was asked for here and is still open.</summary>
    /// <param name="file">What the file holds.</param>
    /// <param name="own">What was remembered here meanwhile.</param>
    public static JournalState AfterAnother(JournalState file, JournalState own) => file with
    {
        Agents = file.Agents.SetItems(
            from agent in own.Agents
            where agent.Value.Upkeep.Request is not null
            let record = file.Agents.GetValueOrDefault(agent.Key, AgentRecord.New)
            select KeyValuePair.Create(agent.Key, record with { Upkeep = record.Upkeep with { Request = Later(record.Upkeep.Request, agent.Value.Upkeep.Request) } })),
    };

    /// <summary>After nobody could write the file: what was remembered here since then is newer, and what the file holds beyond it counts, too.</summary>
    /// <param name="file">What the file holds.</param>
    /// <param name="own">What was remembered here meanwhile.</param>
    public static JournalState AfterNobody(JournalState file, JournalState own)
    {
        var events = file.Events.AddRange(own.Events.Select((happened, index) => happened with { Seq = file.Sequence + 1 + index }));
        return file with
        {
            Agents = file.Agents.SetItems(own.Agents.Select(agent => KeyValuePair.Create(agent.Key, Newer(file.Agents.GetValueOrDefault(agent.Key, AgentRecord.New), agent.Value)))),
            Events = events.RemoveRange(0, Math.Max(0, events.Count - JournalState.MostEvents)),
            Sequence = file.Sequence + own.Events.Count,
        };
    }

    private static AgentRecord Newer(AgentRecord file, AgentRecord own) => own with
    {
        Route = own.Route ?? file.Route,
        Upkeep = own.Upkeep == AgentUpkeep.None ? file.Upkeep : own.Upkeep with { Request = Later(file.Upkeep.Request, own.Upkeep.Request) },
        Acknowledged = own.Acknowledged ?? file.Acknowledged,
        AgentInfo = (own.AgentInfo is null ? file : own).AgentInfo,
        AgentInfoFrom = (own.AgentInfo is null ? file : own).AgentInfoFrom,
        Notified = file.Notified.AddRange(own.Notified.Except(file.Notified)),
    };

    private static OperatorRequest? Later(OperatorRequest? one, OperatorRequest? other) =>
        one is null || other is null ? one ?? other : other.At >= one.At ? other : one;
}
