using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>Says whose declared agents this engine keeps. What operators ask for is none of its business. Safe to call from any thread.</summary>
internal interface IEnforcement
{
    /// <summary>Why a declared agent is not kept by this engine now, as a sentence for people; null when it is.</summary>
    string? WhyNot(AgentId agent);

    /// <summary>Ends as soon as <see cref="WhyNot"/> has a reason; steps that keep an agent end with it. Ended already while it has one.</summary>
    CancellationToken Mandate(AgentId agent);
}
