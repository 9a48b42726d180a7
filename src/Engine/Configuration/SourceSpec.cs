namespace AgentDeck.Engine.Configuration;

/// <summary>One <c>[[source]]</c>. A closed hierarchy: one record a kind.</summary>
/// <param name="Name">Its unique name.</param>
public abstract record SourceSpec(string Name);
