using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Hears of the settings of projects. They are worth knowing and no more: a cluster without them, or that does not show them, is fine.</summary>
/// <param name="book">What is told.</param>
/// <param name="namespaceName">The place, or null for all namespaces.</param>
internal sealed class ProjectObserver(PodBook book, string? namespaceName) : IObjectObserver<AmbientProject>
{
    /// <inheritdoc/>
    public void Listed(ImmutableArray<AmbientProject> items) => book.SetProjects(sessions => sessions.SetAllProjects(namespaceName, items));

    /// <inheritdoc/>
    public void Changed(WatchEventType type, AmbientProject item) => book.SetProjects(sessions => sessions.SetProject(item, type == WatchEventType.Deleted));

    /// <inheritdoc/>
    public void LinkChanged(ObjectLink link)
    {
    }
}
