using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>
/// Makes agents run and end, one step at a time an agent. What asks for it – an operator, or the declaration of the agent –
/// is the caller's matter. Results tell what was observed; expected failures are results.
/// </summary>
internal interface IAgentLifecycle
{
    /// <summary>Starts a declared agent; one that runs already is success.</summary>
    Task<OperationResult> StartAsync(AgentId agent, CancellationToken cancellationToken);

    /// <summary>Interrupts, waits the grace period, then kills.</summary>
    Task<OperationResult> StopAsync(AgentId agent, CancellationToken cancellationToken);

    /// <summary>Stops when it runs, then starts.</summary>
    Task<OperationResult> RestartAsync(AgentId agent, CancellationToken cancellationToken);
}
