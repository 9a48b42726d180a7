using System.Collections.Immutable;

namespace AgentDeck.Engine.Dialects;

/// <summary>Every dialect that a source may speak.</summary>
internal static class KnownDialects
{
    /// <summary>The dialects, in the order in which messages list them.</summary>
    public static ImmutableArray<IDialect> All { get; } =
        [new GasCityDialect(), new ScionDialect(), new AmbientDialect(), new OddJobsDialect(), new PlainDialect()];

    /// <summary>Those of containers, in the same order.</summary>
    public static ImmutableArray<IDialect> OfContainers { get; } = [new GasCityContainerDialect(), new ScionDialect(), new PlainDialect()];

    /// <summary>The dialect of containers of that name, or null.</summary>
    public static IDialect? FindOfContainers(string name) => OfContainers.FirstOrDefault(dialect => dialect.Name == name);

    /// <summary>The dialect of that name, or null.</summary>
    public static IDialect? Find(string name) => All.FirstOrDefault(dialect => dialect.Name == name);
}
