using System.Collections.Immutable;

namespace AgentDeck.Tui.Cli.Json;

/// <summary>What <c>-o json</c> prints, schema <c>agentdeck.snapshot/v1</c>: keys are only ever added. The order of the members is the order in the text.</summary>
internal sealed record SnapshotDocument(
    string Schema,
    DateTimeOffset TakenAt,
    ImmutableArray<SourceDocument> Sources,
    ImmutableArray<AgentDocument> Agents,
    SummaryDocument Summary);
