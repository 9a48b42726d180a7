namespace AgentDeck.Engine.Domain;

/// <summary>What the operator should look at first.</summary>
public static class Attention
{
    /// <summary>0 is first: failed, blocked, waiting, limited, unknown, then the rest.</summary>
    public static int Rank(AgentStatus status) => status switch
    {
        { Phase: AgentPhase.Failed } => 0,
        { Activity: Activity.Blocked } => 1,
        { Activity: Activity.Waiting } => 2,
        { Activity: Activity.Limited } => 3,
        { Phase: AgentPhase.Unknown } => 4,
        _ => 5,
    };
}
