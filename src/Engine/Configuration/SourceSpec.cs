using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Configuration;

/// <summary>One <c>[[source]]</c>. A closed hierarchy: one record a kind.</summary>
/// <param name="Name">Its unique name.</param>
public abstract record SourceSpec(string Name)
{
    /// <summary>When changed declarations reach its agents, where they do not say so themselves.</summary>
    public ApplyPolicy Apply { get; init; }
}
