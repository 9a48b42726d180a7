namespace AgentDeck.Engine.Domain;

/// <summary>Which commands make sense for an agent as it is: greys out keys in the deck and refuses in the engine.</summary>
public static class SessionRules
{
    /// <summary>Why a nudge is refused that nobody forces.</summary>
    internal const string StandsBeforeMenu = "it stands before an approval menu, where typed text would choose an entry";

    /// <summary>Why <paramref name="command"/> cannot be done now, in words for the operator; null when it can.</summary>
    public static string? WhyNot(SessionCommand command, Agent agent)
    {
        var running = agent.Status.Phase is AgentPhase.Running or AgentPhase.Stopping;
        return command switch
        {
            SessionCommand.Nudge { Force: false } when running && agent.Status.Activity == Activity.Blocked => StandsBeforeMenu,
            SessionCommand.Nudge or SessionCommand.Interrupt or SessionCommand.SendKeys or SessionCommand.Paste or SessionCommand.ClearScrollback =>
                running ? null : $"it is {Words.Of(agent.Status.Phase)}",
            SessionCommand.Start when agent.Spec is null => "it is not declared in agents.toml, so there is nothing to start",
            SessionCommand.Start => running || agent.Status.Phase == AgentPhase.Starting ? $"it is already {Words.Of(agent.Status.Phase)}" : null,
            SessionCommand.Stop => running || agent.Status.Phase == AgentPhase.Starting ? null : $"it is {Words.Of(agent.Status.Phase)}",
            SessionCommand.Restart => agent.Spec is null ? "it is not declared in agents.toml, so it could not be started again" : null,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
        };
    }
}
