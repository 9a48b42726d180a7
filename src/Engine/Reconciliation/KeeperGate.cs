using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Keeps nothing until it is opened: another engine may keep the agents, and what it did is not known here.</summary>
/// <param name="inner">Whose agents are kept once it is open.</param>
internal sealed class KeeperGate(IEnforcement inner) : IEnforcement
{
    private volatile bool _isOpen;

    /// <summary>Whether this engine is the one that keeps agents. What is under way when it closes ends as it began.</summary>
    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }

    /// <inheritdoc/>
    public string? WhyNot(AgentId agent) => _isOpen ? inner.WhyNot(agent) : OnlyLooking.Reason;

    /// <inheritdoc/>
    public CancellationToken Mandate(AgentId agent) => _isOpen ? inner.Mandate(agent) : new(canceled: true);
}
