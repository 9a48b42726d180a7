namespace AgentDeck.Engine.Domain;

/// <summary>Which commands make sense for an agent as it is: greys out keys in the deck and refuses in the engine.</summary>
public static class SessionRules
{
    /// <summary>Why a nudge is refused that nobody forces.</summary>
    internal const string StandsBeforeMenu = "it stands before an approval menu, where typed text would choose an entry";

    /// <summary>Why a container without tmux takes no keys.</summary>
    internal const string NoTmux = "there is no tmux in its container; attach opens a shell";

    /// <summary>Why a container that we may not look into takes no keys.</summary>
    internal const string Barred = "the cluster does not let you run commands in its container; agentdeck doctor prints the Role that would";

    /// <summary>Why <paramref name="command"/> cannot be done now, in words for the operator; null when it can.</summary>
    /// <param name="command">What would be done.</param>
    /// <param name="agent">To whom.</param>
    /// <param name="limits">What may not be done in its source.</param>
    public static string? WhyNot(SessionCommand command, Agent agent, AccessLimits limits) => Forbidden(command, limits) ?? WhyNot(command, agent);

    /// <summary>Why the log of its container cannot be read, in words for the operator; null when it can.</summary>
    public static string? WhyNoLog(Agent agent, AccessLimits limits) =>
        agent.Status.Pod is null ? "a local agent has no container log; its screen and history are in its pane" : limits.Log;

    /// <summary>Why nobody can be attached to an agent now; null when one can, be it to a shell beside it.</summary>
    public static string? WhyNoAttach(Agent agent, AccessLimits limits) =>
        limits.Exec ?? (agent.Status.IsBarred ? Barred : agent.Status.IsLive ? null : $"it is {Words.Of(agent.Status.Phase)}");

    private static string? Forbidden(SessionCommand command, AccessLimits limits) => command switch
    {
        SessionCommand.Start => limits.Start,
        // What may not be started again must not be stopped for it.
        SessionCommand.Restart => limits.Start ?? limits.Delete,
        SessionCommand.Stop => limits.Delete,
        SessionCommand.Acknowledge => null,
        _ => limits.Exec,
    };

    private static string? WhyNot(SessionCommand command, Agent agent)
    {
        var live = agent.Status.IsLive;
        return command switch
        {
            SessionCommand.Nudge { Force: false } when live && agent.Status.Activity == Activity.Blocked => StandsBeforeMenu,
            SessionCommand.Nudge or SessionCommand.Interrupt or SessionCommand.SendKeys or SessionCommand.Paste or SessionCommand.ClearScrollback =>
                live ? agent.Status.IsBarred ? Barred : agent.Status.IsLogOnly ? NoTmux : null : $"it is {Words.Of(agent.Status.Phase)}",
            SessionCommand.Acknowledge => Attention.Rank(agent.Status) == Attention.None ? "it wants nothing"
                : Attention.IsAcknowledged(agent) ? $"{agent.Acknowledged!.By} did so already" : null,
            SessionCommand.Start when agent.Spec is null && !agent.Status.IsStartable => "it is not declared in agents.toml, so there is nothing to start",
            // Pressed while it ends, it runs again afterwards.
            SessionCommand.Start when agent.Status.Phase == AgentPhase.Stopping || agent.Upkeep.Request is { Kind: RequestKind.Stop } => null,
            // Nobody here is at it.
            SessionCommand.Start when agent.Status is { Phase: AgentPhase.Starting, Reason: PhaseRules.StartUnfinishedReason } => null,
            SessionCommand.Start => live || agent.Status.Phase == AgentPhase.Starting ? $"it is already {Words.Of(agent.Status.Phase)}" : null,
            // A pod that waits for its image or its node can be taken away, and a session that its platform still prepares be asked to stop.
            SessionCommand.Stop => live || agent.Status is { Phase: AgentPhase.Starting } or { Phase: AgentPhase.Pending, Pod: not null } or { Phase: AgentPhase.Pending, IsStartable: true } ? null : $"it is {Words.Of(agent.Status.Phase)}",
            SessionCommand.Restart => agent.Spec is null && !agent.Status.IsStartable ? "it is not declared in agents.toml, so it could not be started again" : null,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
        };
    }
}
