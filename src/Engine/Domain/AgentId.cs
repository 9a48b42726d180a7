namespace AgentDeck.Engine.Domain;

/// <summary>
/// Names one agent across all sources. <paramref name="Scope"/> is the Kubernetes namespace where a source has
/// several, the group inside which its system names agents, both, or empty. All three parts are hostile input: sanitise them before they are drawn.
/// </summary>
/// <param name="Source">The name of the source in <c>agents.toml</c>.</param>
/// <param name="Scope">Where in the source; never null, often empty.</param>
/// <param name="Name">The agent's own name, as its dialect spells it.</param>
public readonly record struct AgentId(string Source, string Scope, string Name)
{
    /// <summary>What the operator reads and types: <c>gc/mayor</c>, or <c>gc/team-a/mayor</c> where a source spans several namespaces.</summary>
    public override string ToString() => Scope.Length == 0 ? $"{Source}/{Name}" : $"{Source}/{Scope}/{Name}";
}
