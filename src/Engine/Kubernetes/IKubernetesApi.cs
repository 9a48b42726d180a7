using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>
/// One cluster as one user. Objects are JSON, so that a field that is missing, null or of another type than expected is the
/// reader's matter and hides nothing else. Safe to call from any thread. Every member fails with
/// <see cref="KubernetesApiException"/> or with cancellation, and with nothing else.
/// </summary>
internal interface IKubernetesApi : IAsyncDisposable
{
    /// <summary>The server's address, for people.</summary>
    string Server { get; }

    /// <summary>The namespace of the context; <c>default</c> when it names none.</summary>
    string Namespace { get; }

    /// <summary>One page of a list, 500 objects at most.</summary>
    /// <param name="query">Which objects.</param>
    /// <param name="continueToken">The token of the page before, or null for the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ObjectPage> ListAsync(ObjectQuery query, string? continueToken, CancellationToken cancellationToken);

    /// <summary>
    /// The changes after a version, with bookmarks. The first event is a bookmark of that version itself: the server has accepted
    /// the watch. Ends without an exception when the server ends the watch, as it does every few minutes, and after 75 seconds of
    /// silence (the server's own bookmarks come once a minute); fails as unreachable when the connection breaks, and as
    /// <see cref="KubernetesFault.Expired"/> when the version is no longer kept.
    /// </summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(ObjectQuery query, string resourceVersion, CancellationToken cancellationToken);

    /// <summary>Reads one object.</summary>
    Task<JsonElement> GetAsync(ObjectName name, CancellationToken cancellationToken);

    /// <summary>Creates an object in a namespace; what exists already is a conflict.</summary>
    Task<JsonElement> CreateAsync(ResourceKind kind, string? namespaceName, JsonObject body, CancellationToken cancellationToken);

    /// <summary>Replaces an object; with <c>metadata.resourceVersion</c> only if it is still at that version.</summary>
    Task<JsonElement> ReplaceAsync(ObjectName name, JsonObject body, CancellationToken cancellationToken);

    /// <summary>Merges into an object (RFC 7386); with <c>metadata.resourceVersion</c> in it only if it is still at that version.</summary>
    Task<JsonElement> MergeAsync(ObjectName name, JsonObject patch, CancellationToken cancellationToken);

    /// <summary>Deletes an object.</summary>
    Task DeleteAsync(ObjectName name, DeleteRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a command in a container over a WebSocket. Its exit code fails with <see cref="TransportException"/> when the stream
    /// ended without a status: then it was cut. A container that just started is tried again for a moment.
    /// </summary>
    /// <param name="container">Where. It has no way to set variables or a directory: those of the command are ignored.</param>
    /// <param name="command">What; <see cref="CommandSpec.Terminal"/> asks for a terminal of that size.</param>
    /// <param name="cancellationToken">Gives up while it opens.</param>
    Task<ICommandStream> ExecAsync(PodContainer container, CommandSpec command, CancellationToken cancellationToken);

    /// <summary>Reads a container's log as bytes; the caller disposes the stream.</summary>
    Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken);

    /// <summary>Asks what we may do.</summary>
    Task<AccessAnswer> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellationToken);
}
