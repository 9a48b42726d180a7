using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>What the states of containers mean that pods do not know. Pure and total.</summary>
internal static class ContainerStates
{
    /// <summary>The phase; null for a container that runs or ended, of which more is known.</summary>
    public static PhaseJudgement? Judge(ContainerInfo container) => container.State switch
    {
        "running" or "exited" or "stopped" => null,
        "created" or "configured" or "initialized" => new(AgentPhase.Pending, "Created", "its container was made and never started"),
        "restarting" => new(AgentPhase.Starting, "Restarting", container.ExitCode is { } code
            ? $"it ended with exit code {code} and is started again by its runtime"
            : "it ended and is started again by its runtime"),
        "paused" => new(AgentPhase.Running, "Paused", "its container is paused: nothing in it runs until it is unpaused"),
        "stopping" => new(AgentPhase.Stopping, "Stopping", "its container is being stopped"),
        "removing" => new(AgentPhase.Stopping, "Removing", "its container is being removed"),
        "dead" => new(AgentPhase.Failed, "Dead", "its container could not be removed as a whole"),
        "" => new(AgentPhase.Unknown, "UnknownState", "its container tells no state"),
        var state => new(AgentPhase.Unknown, "UnknownState", $"its container is in a state of which nothing is known: {state}"),
    };
}
