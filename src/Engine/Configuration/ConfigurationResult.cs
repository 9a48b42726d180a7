using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Configuration;

/// <summary>What reading the configuration gave.</summary>
/// <param name="Configuration">The configuration, or null when a problem is an error.</param>
/// <param name="Problems">Everything wrong, in the order of the file; warnings alone leave a configuration.</param>
public sealed record ConfigurationResult(DeckConfiguration? Configuration, ImmutableArray<ConfigurationProblem> Problems)
{
    /// <summary>
    /// What could be read although there may be errors: for checking the parts that only the deck knows. Null when the file is
    /// no TOML at all.
    /// </summary>
    public DeckConfiguration? Draft { get; init; }

    /// <summary>What to tell an operator who has no file yet; null when there is one.</summary>
    public string? Hint { get; init; }

    /// <summary>A result that is one error about a whole file.</summary>
    public static ConfigurationResult Failed(string file, string text) =>
        new(null, [new ConfigurationProblem(file, 0, 0, text, IsWarning: false)]);
}
