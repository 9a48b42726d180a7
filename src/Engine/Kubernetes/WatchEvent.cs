using System.Text.Json;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>One change that a watch told of.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it, or before it when it was deleted; of a bookmark only the version is set. Detached: it stays valid.</param>
/// <param name="ResourceVersion">Where a watch goes on after this event; empty when the object names none.</param>
internal sealed record WatchEvent(WatchEventType Type, JsonElement Object, string ResourceVersion);
