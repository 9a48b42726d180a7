using System.Collections.Immutable;

namespace AgentDeck.Tui.Cli.Json;

/// <summary>One agent in a <see cref="SnapshotDocument"/>, and one line of <c>-o jsonl</c>. What is not known is null, never missing and never a guess.</summary>
internal sealed record AgentDocument(
    string Id,
    string Name,
    string Source,
    string? Dialect,
    string Phase,
    string Activity,
    string ActivityReason,
    string Reason,
    string Message,
    long? IdleSeconds,
    DateTimeOffset? LastActivity,
    int Restarts,
    int? ExitCode,
    string? Desired,
    bool Declared,
    PodDocument? Pod,
    ContainerDocument? Container,
    ImmutableSortedDictionary<string, string> Labels,
    string? Command,
    string? LastLine,
    ImmutableArray<ConditionDocument> Conditions,
    ImmutableArray<FactDocument> Facts,
    DateTimeOffset ObservedAt);
