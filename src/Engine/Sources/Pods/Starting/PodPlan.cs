using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>How an agent is started in a pod: what to create, and what has to follow.</summary>
/// <param name="Spec">The declaration.</param>
/// <param name="Namespace">Where.</param>
/// <param name="Manifest">The pod. It names variables and may hold secrets in their values: never log or show it.</param>
/// <param name="Hash">Stands for all that is declared, so that a pod that was declared otherwise is known.</param>
internal sealed record PodPlan(AgentSpec Spec, string Namespace, JsonObject Manifest, string Hash)
{
    /// <summary>The annotation of a pod that holds its <see cref="Hash"/>. Pods of Gas City's own making have none.</summary>
    public const string HashAnnotation = "agentdeck/spec-hash";

    /// <summary>The pod's name.</summary>
    public required string Name { get; init; }

    /// <summary>The selector of all pods of the session.</summary>
    public required string Selector { get; init; }

    /// <summary>Whether files are copied into it before it begins.</summary>
    public required bool Stages { get; init; }

    /// <summary>Whether it waits for its work space to be said to be ready.</summary>
    public required bool WaitsForWorkSpace { get; init; }

    /// <summary>Whether the directory of a city is mounted, which gets a copy of the city's state.</summary>
    public required bool HasCity { get; init; }
}
