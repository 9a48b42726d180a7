using System.Collections.Immutable;

namespace AgentDeck.Engine.Kubernetes.Watching;

/// <summary>Hears what a follower learns, one call at a time. Must not throw and should not take long.</summary>
/// <typeparam name="T">What objects were read to.</typeparam>
internal interface IObjectObserver<T>
{
    /// <summary>All objects of now: what is not among them is gone. Comes at first, and again when changes may have been missed.</summary>
    void Listed(ImmutableArray<T> items);

    /// <summary>One object was added, changed or deleted.</summary>
    void Changed(WatchEventType type, T item);

    /// <summary>Changes arrive again, or do not; the latter is told again at each try that fails.</summary>
    void LinkChanged(ObjectLink link);
}
