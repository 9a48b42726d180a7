using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Running;

/// <summary>What is said on leaving.</summary>
internal static class Farewell
{
    /// <summary>One line that says how many agents keep running and how to stop them.</summary>
    public static string Of(FleetSnapshot fleet)
    {
        var running = fleet.Agents.Values
            .Where(agent => agent.Status.Phase is AgentPhase.Running or AgentPhase.Starting)
            .Select(agent => PlainText.Sanitize(agent.Id.ToString()))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return running.Length switch
        {
            0 => "No agent is running.",
            1 => $"1 agent keeps running. To stop it: agentdeck stop {running[0]}",
            _ => $"{running.Length} agents keep running. To stop one: agentdeck stop {running[0]}; agentdeck --once lists them.",
        };
    }
}
