using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>An engine that keeps nothing as declared.</summary>
internal sealed class OnlyLooking : IEnforcement
{
    /// <summary>What it says of every agent.</summary>
    internal const string Reason = "this engine only looks; another keeps what is declared";

    /// <inheritdoc/>
    public string? WhyNot(AgentId agent) => Reason;

    /// <inheritdoc/>
    public CancellationToken Mandate(AgentId agent) => new(canceled: true);
}
