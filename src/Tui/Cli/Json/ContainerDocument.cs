namespace AgentDeck.Tui.Cli.Json;

/// <summary>The container of an <see cref="AgentDocument"/> that no cluster knows; <paramref name="State"/> is its runtime's own word.</summary>
internal sealed record ContainerDocument(string Runtime, string Id, string Name, string Image, string State);
