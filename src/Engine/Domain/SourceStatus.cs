namespace AgentDeck.Engine.Domain;

/// <summary>One source and the state of its link.</summary>
/// <param name="Name">Its name in <c>agents.toml</c>.</param>
/// <param name="Kind"><c>local</c>, <c>container</c> or <c>kubernetes</c>.</param>
/// <param name="Link">How well it can be observed.</param>
/// <param name="LastSeen">When it last answered, as of the last change of <paramref name="Link"/>: while live it answers still. Null when it never did.</param>
/// <param name="Error">One sentence that says what is wrong and what to do, or null.</param>
public sealed record SourceStatus(string Name, string Kind, SourceLink Link, DateTimeOffset? LastSeen, string? Error)
{
    /// <summary>What we may not do there.</summary>
    public AccessLimits Limits { get; init; } = AccessLimits.None;

    /// <summary>Why this engine does not keep what is declared there, as a sentence that says who does; null when it does, and where nothing is shared.</summary>
    public string? Lead { get; init; }

    /// <summary>Which engine keeps what is declared there, as it calls itself; null where nothing is shared, and while that is not known.</summary>
    public string? Leader { get; init; }
}
