namespace AgentDeck.Tui.Cli.Json;

/// <summary>The pod of an <see cref="AgentDocument"/>; <paramref name="Node"/> is null while it is not scheduled.</summary>
internal sealed record PodDocument(string Namespace, string Name, string Uid, string? Node, string Phase);
