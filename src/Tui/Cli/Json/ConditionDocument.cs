namespace AgentDeck.Tui.Cli.Json;

/// <summary>One condition of an <see cref="AgentDocument"/>; <paramref name="Status"/> is <c>True</c>, <c>False</c> or <c>Unknown</c>, as in Kubernetes.</summary>
internal sealed record ConditionDocument(
    string Type,
    string Status,
    string Reason,
    string Message,
    DateTimeOffset LastTransition,
    long ObservedGeneration);
