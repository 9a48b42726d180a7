using System.Collections.Immutable;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Hears of the objects of one kind in one place, and keeps the place's entry on the board.</summary>
/// <typeparam name="T">What objects were read to.</typeparam>
/// <param name="links">The board.</param>
/// <param name="key">The place's entry on it.</param>
/// <param name="listed">Takes all objects of now.</param>
/// <param name="changed">Takes one that changed; true when it is gone.</param>
/// <param name="lost">Takes why changes do not arrive.</param>
internal sealed class PlaceObserver<T>(
    LinkBoard links, string key, Action<ImmutableArray<T>> listed, Action<T, bool> changed, Action<KubernetesApiException> lost) : IObjectObserver<T>
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _wasListed;

    /// <summary>Whether a kind of object that the cluster does not know counts as one of which there are none.</summary>
    public bool MayBeUnknown { get; init; }

    /// <summary>What is not seen when objects may not be listed, where the source is of use without them; null where it is not.</summary>
    public string? Without { get; init; }

    /// <summary>Completes with the first answer, whatever it was.</summary>
    public Task Answered => _answered.Task;

    /// <inheritdoc/>
    public void Listed(ImmutableArray<T> items)
    {
        _wasListed |= !items.IsEmpty;
        listed(items);
        links.Set(key, ObjectLink.Live);
        _answered.TrySetResult();
    }

    /// <inheritdoc/>
    public void Changed(WatchEventType type, T item) => changed(item, type == WatchEventType.Deleted);

    /// <inheritdoc/>
    public void LinkChanged(ObjectLink link)
    {
        if (MayBeUnknown && link.Failure is { Fault: KubernetesFault.NotFound } unknown)
        {
            Listed([]);
            lost(unknown);
            return;
        }

        // What was seen before and may not be seen any more is stale, which only the link can tell.
        if (Without is not null && !_wasListed && link.Failure is { Fault: KubernetesFault.Forbidden } forbidden)
        {
            links.SetWithout(key, $"{Without}: {forbidden.Message}");
        }
        else
        {
            links.Set(key, link);
        }

        if (link.Failure is { } failure)
        {
            lost(failure);
            _answered.TrySetResult();
        }
    }
}
