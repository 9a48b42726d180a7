namespace AgentDeck.Engine.Domain;

/// <summary>The three values that Kubernetes allows for a condition.</summary>
public enum ConditionStatus
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    True,

    /// <summary>It does not hold.</summary>
    False,
}
