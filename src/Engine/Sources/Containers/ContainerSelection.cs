using System.Collections.Immutable;
using System.IO.Enumeration;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>Which containers are meant.</summary>
/// <param name="labelSelector">Labels, <c>key</c> or <c>key=value</c>, with commas between them; empty for all.</param>
/// <param name="names">A name with <c>*</c> for anything; null for all.</param>
internal sealed class ContainerSelection(string labelSelector, string? names)
{
    /// <summary>The labels, as a filter of the runtime spells them.</summary>
    public ImmutableArray<string> Labels { get; } = [.. labelSelector.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Whether this is one of them.</summary>
    public bool Has(ContainerInfo container) =>
        (names is null || FileSystemName.MatchesSimpleExpression(names, container.Name, ignoreCase: false))
        && Labels.All(label => label.Split('=', 2) switch
        {
            [var key, var value] => container.Labels.GetValueOrDefault(key) == value,
            [var key] => container.Labels.ContainsKey(key),
            _ => false,
        });
}
