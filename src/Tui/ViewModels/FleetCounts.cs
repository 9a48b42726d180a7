using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.ViewModels;

/// <summary>How many agents are in the states that the header counts.</summary>
internal readonly record struct FleetCounts(int All, int Failed, int Blocked, int Waiting, int Limited, int Unknown, int Busy, int Idle)
{
    /// <summary>Counts in one pass: to go through thousands of agents is what a header costs.</summary>
    public static FleetCounts Of(FleetSnapshot fleet)
    {
        var (failed, unknown) = (0, 0);
        Span<int> activities = stackalloc int[Enum.GetValues<Activity>().Length];
        foreach (var (_, agent) in fleet.Agents)
        {
            failed += agent.Status.Phase == AgentPhase.Failed ? 1 : 0;
            unknown += agent.Status.Phase == AgentPhase.Unknown ? 1 : 0;
            activities[(int)agent.Status.Activity]++;
        }

        return new FleetCounts(
            fleet.Agents.Count, failed, activities[(int)Activity.Blocked], activities[(int)Activity.Waiting], activities[(int)Activity.Limited], unknown, activities[(int)Activity.Busy], activities[(int)Activity.Idle]);
    }
}
