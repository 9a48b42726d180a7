using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>Tells what happened from how things were and how they are. Pure.</summary>
internal static class FleetDifference
{
    private static readonly string[] Told = [ConditionTypes.Stuck, ConditionTypes.Drifted];

    /// <summary>The events between two states of one agent, oldest first; null stands for not known.</summary>
    /// <param name="before">The agent before.</param>
    /// <param name="after">The agent after.</param>
    /// <param name="goneReason">Why it is no longer known, when <paramref name="after"/> is null.</param>
    /// <param name="seq">The number of the first event.</param>
    /// <param name="now">When it was observed.</param>
    public static IEnumerable<FleetEvent> OfAgent(Agent? before, Agent? after, string goneReason, long seq, DateTimeOffset now)
    {
        switch (before, after)
        {
            case (null, null):
                break;
            case (null, { } appeared):
                yield return new AgentAppeared(seq, now, appeared.Id, appeared.Status.Phase);
                break;
            case ({ } gone, null):
                yield return new AgentGone(seq, now, gone.Id, goneReason);
                break;
            case ({ Status: var old }, { Status: var next } agent):
                if (old.Phase != next.Phase)
                {
                    yield return new PhaseChanged(seq++, now, agent.Id, old.Phase, next.Phase, next.Reason) { Message = next.Message };
                }

                if (old.Activity != next.Activity)
                {
                    yield return new ActivityChanged(seq++, now, agent.Id, old.Activity, next.Activity, next.ActivityReason);
                }

                foreach (var type in Told)
                {
                    var (held, holds) = (Holding(before, type), Holding(after, type));
                    if (held is null != holds is null)
                    {
                        yield return new ConditionChanged(seq++, now, agent.Id, type, holds is not null, holds?.Message ?? "");
                    }
                }

                break;
        }
    }

    /// <summary>The events between two states of one source; null before for a source that is new.</summary>
    public static IEnumerable<FleetEvent> OfSource(SourceStatus? before, SourceStatus after, long seq, DateTimeOffset now)
    {
        var from = before?.Link ?? SourceLink.Connecting;
        if (from != after.Link)
        {
            yield return new SourceLinkChanged(seq++, now, after.Name, from, after.Link, after.Error);
        }

        if (before?.Leader != after.Leader)
        {
            yield return new LeaderChanged(seq, now, after.Name, before?.Leader, after.Leader);
        }
    }

    private static Condition? Holding(Agent agent, string type) =>
        ConditionList.Find(agent.Upkeep.Conditions, type) is { Status: ConditionStatus.True } condition ? condition : null;
}
