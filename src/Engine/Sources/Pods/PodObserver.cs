using System.Collections.Immutable;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Hears of the pods of one namespace, or of all of them.</summary>
/// <param name="listed">All pods of now.</param>
/// <param name="changed">One changed; true when it is gone.</param>
/// <param name="linkChanged">The link to the API changed.</param>
internal sealed class PodObserver(Action<ImmutableArray<Pod>> listed, Action<Pod, bool> changed, Action<ObjectLink> linkChanged) : IObjectObserver<Pod>
{
    /// <inheritdoc/>
    public void Listed(ImmutableArray<Pod> items) => listed(items);

    /// <inheritdoc/>
    public void Changed(WatchEventType type, Pod item) => changed(item, type == WatchEventType.Deleted);

    /// <inheritdoc/>
    public void LinkChanged(ObjectLink link) => linkChanged(link);
}
