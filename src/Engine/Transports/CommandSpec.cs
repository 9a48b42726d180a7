using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Transports;

/// <summary>Describes a command to run near an agent. Arguments are a list, never a shell line.</summary>
public sealed record CommandSpec
{
    /// <summary>The program, found through <c>PATH</c> of wherever it runs.</summary>
    public required string Program { get; init; }

    /// <summary>Its arguments.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Variables to set, or to remove where the value is null. Ignored by transports that cannot set any.</summary>
    public ImmutableDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The working directory, or null for the transport's own.</summary>
    public string? Directory { get; init; }

    /// <summary>The size of the terminal to run it on, or null to run it on pipes.</summary>
    public Size? Terminal { get; init; }
}
