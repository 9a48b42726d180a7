using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.App.Running;

/// <summary>What is said on leaving.</summary>
internal static class Farewell
{
    /// <summary>One line that says how many agents keep running and how to stop them, ready to be pasted into a shell.</summary>
    /// <param name="fleet">What is known at the end.</param>
    /// <param name="program">How the program is called so that it sees the same fleet, for example <c>agentdeck --config fleet.toml</c>.</param>
    public static string Of(FleetSnapshot fleet, string program)
    {
        var running = fleet.Agents.Values
            .Where(agent => agent.Status.Phase is AgentPhase.Running or AgentPhase.Starting)
            .Select(agent => PlainText.Sanitize(agent.Id.ToString()))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return running.Length switch
        {
            0 => OfNone(fleet),
            1 => $"1 agent keeps running. To stop it: {program} stop {ShellWord.Of(running[0])}",
            _ => $"{running.Length} agents keep running. To stop one: {program} stop {ShellWord.Of(running[0])}; {program} --once lists them.",
        };
    }

    private static string OfNone(FleetSnapshot fleet)
    {
        var unseen = fleet.Sources.Where(source => source.Link != SourceLink.Live)
            .Select(source => $"{PlainText.Sanitize(source.Name)} is {Words.Of(source.Link)}").ToArray();
        return unseen.Length == 0 ? "No agent is running." : $"No agent is known to be running, but {string.Join(", ", unseen)}.";
    }
}
