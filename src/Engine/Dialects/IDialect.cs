using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>How one system marks its pods. Data and pure functions; a new dialect is a new file and a line in <see cref="KnownDialects"/>.</summary>
internal interface IDialect
{
    /// <summary>The word in the operator's file.</summary>
    string Name { get; }

    /// <summary>Where it keeps its agents unless the file says otherwise.</summary>
    DialectLayout Layout { get; }

    /// <summary>The agent's name as its own system spells it, raw; null when the pod is no agent of this dialect.</summary>
    string? NameOf(Pod pod);

    /// <summary>Inside what the name is the only one, raw: agents of two groups may have the same. Empty where the namespace alone is that.</summary>
    string GroupOf(Pod pod) => "";

    /// <summary>What else the pod tells of its agent. Texts are plain.</summary>
    ImmutableArray<Fact> FactsOf(Pod pod) => [];

    /// <summary>What the pod says of its agent, at <paramref name="now"/>. Total.</summary>
    RuntimeReading Read(Pod pod, DialectLayout layout, DateTimeOffset now);
}
