using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Detection;

namespace AgentDeck.Engine.Sources;

/// <summary>The rules of the configuration in force, by which all sources judge screens. Safe to call from any thread.</summary>
internal sealed class DetectionInForce
{
    private volatile RuleSet _rules = ShippedRules.Set;

    /// <summary>The rules of now.</summary>
    public RuleSet Rules
    {
        get => _rules;
        set => _rules = value;
    }
}
