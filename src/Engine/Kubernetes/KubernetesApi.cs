using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Kubernetes.Exec;
using AgentDeck.Engine.Kubernetes.Http;
using AgentDeck.Engine.Kubernetes.Watching;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>A cluster behind HTTP: builds the requests, leaves sending to <see cref="ApiClient"/> and streams to their readers.</summary>
/// <param name="client">Sends; disposed with this.</param>
/// <param name="time">Ends what takes too long.</param>
/// <param name="jitter">Gives numbers from 0 to 1, so that many watches do not end at once.</param>
internal sealed class KubernetesApi(ApiClient client, TimeProvider time, Func<double> jitter) : IKubernetesApi
{
    private const int PageSize = 500;
    private const int ShortestWatch = 240;
    private const int LongestWatch = 300;

    // What the API server itself allows to a request.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue MergePatch = new("application/merge-patch+json");

    /// <inheritdoc/>
    public string Server => ApiFaults.Address(client.Access.Server);

    /// <inheritdoc/>
    public string Namespace => client.Access.Namespace;

    /// <inheritdoc/>
    public async Task<ObjectPage> ListAsync(ObjectQuery query, string? continueToken, CancellationToken cancellationToken)
    {
        var path = new ApiPath(query.Kind.Path(query.Namespace, null)).Add("labelSelector", query.LabelSelector).Add("fieldSelector", query.FieldSelector)
            .Add("limit", PageSize.ToString(CultureInfo.InvariantCulture)).Add("continue", continueToken);
        var document = await ReadAsync($"list {Where(query)}", HttpMethod.Get, path, null, cancellationToken);
        var list = JsonFields.Of(document.RootElement);
        var metadata = list.Object("metadata");
        var items = list.Element("items");
        return new ObjectPage(
            items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)] : [],
            metadata.OptionalText("resourceVersion") ?? "",
            metadata.OptionalText("continue") is { Length: > 0 } next ? next : null,
            document);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(ObjectQuery query, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var what = $"watch {Where(query)}";
        var lasts = ShortestWatch + (int)(jitter() * (LongestWatch - ShortestWatch));
        var path = new ApiPath(query.Kind.Path(query.Namespace, null)).Add("watch", "1").Add("allowWatchBookmarks", "true").Add("resourceVersion", resourceVersion)
            .Add("timeoutSeconds", lasts.ToString(CultureInfo.InvariantCulture)).Add("labelSelector", query.LabelSelector).Add("fieldSelector", query.FieldSelector);
        using var response = await OpenAsync(what, path, cancellationToken);
        yield return new WatchEvent(WatchEventType.Bookmark, default, resourceVersion);

        await using var body = await ContentAsync(response, cancellationToken);
        var reader = new WatchReader(body, what, Server, client.Access.Origin, time);
        await foreach (var change in reader.ReadAsync(cancellationToken))
        {
            yield return change;
        }
    }

    /// <inheritdoc/>
    public Task<JsonElement> GetAsync(ObjectName name, CancellationToken cancellationToken) =>
        AskAsync($"read {name}", HttpMethod.Get, Path(name), null, cancellationToken);

    /// <inheritdoc/>
    public Task<JsonElement> CreateAsync(ResourceKind kind, string? namespaceName, JsonObject body, CancellationToken cancellationToken) =>
        AskAsync($"create {kind}{In(namespaceName)}", HttpMethod.Post, new ApiPath(kind.Path(namespaceName, null)), Body(body, Json), cancellationToken);

    /// <inheritdoc/>
    public Task<JsonElement> ReplaceAsync(ObjectName name, JsonObject body, CancellationToken cancellationToken) =>
        AskAsync($"replace {name}", HttpMethod.Put, Path(name), Body(body, Json), cancellationToken);

    /// <inheritdoc/>
    public Task<JsonElement> MergeAsync(ObjectName name, JsonObject patch, CancellationToken cancellationToken) =>
        AskAsync($"change {name}", HttpMethod.Patch, Path(name), Body(patch, MergePatch), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(ObjectName name, DeleteRequest request, CancellationToken cancellationToken)
    {
        var options = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "DeleteOptions" };
        if (request.GracePeriod is { } grace)
        {
            options["gracePeriodSeconds"] = (long)grace.TotalSeconds;
        }

        var preconditions = new JsonObject();
        if (request.Uid is { } uid)
        {
            preconditions["uid"] = uid;
        }

        if (request.ResourceVersion is { } version)
        {
            preconditions["resourceVersion"] = version;
        }

        if (preconditions.Count > 0)
        {
            options["preconditions"] = preconditions;
        }

        return AskAsync($"delete {name}", HttpMethod.Delete, Path(name), Body(options, Json), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ICommandStream> ExecAsync(PodContainer container, CommandSpec command, CancellationToken cancellationToken) =>
        await ExecOpener.OpenAsync(client, container, command, time, cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream> OpenLogAsync(PodContainer container, LogRequest request, CancellationToken cancellationToken)
    {
        var path = new ApiPath(ResourceKind.Pods.Path(container.Namespace, container.Pod) + "/log").Add("container", container.Container)
            .Add("follow", request.Follow ? "true" : null).Add("previous", request.Previous ? "true" : null)
            .Add("timestamps", request.Timestamps ? "true" : null).Add("tailLines", request.TailLines?.ToString(CultureInfo.InvariantCulture))
            .Add("sinceTime", request.Since?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        var response = await OpenAsync($"read the log of {container}", path, cancellationToken);
        return new LogStream(response, await ContentAsync(response, cancellationToken), Server);
    }

    /// <inheritdoc/>
    public async Task<AccessAnswer> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        var attributes = new JsonObject { ["verb"] = question.Verb, ["group"] = question.Kind.Group, ["version"] = question.Kind.Version, ["resource"] = question.Kind.Plural };
        if (question.Subresource is { } subresource)
        {
            attributes["subresource"] = subresource;
        }

        if (question.Namespace is { } space)
        {
            attributes["namespace"] = space;
        }

        var review = new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectAccessReview",
            ["spec"] = new JsonObject { ["resourceAttributes"] = attributes },
        };
        var path = new ApiPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
        var answer = await AskAsync($"ask whether we may {question.Verb} {question.Resource}", HttpMethod.Post, path, Body(review, Json), cancellationToken);
        var status = JsonFields.Of(answer).Object("status");
        return new AccessAnswer(status.Flag("allowed"), status.OptionalText("reason") ?? "");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ApiPath Path(ObjectName name) => new(name.Kind.Path(name.Namespace, name.Name));

    private static string In(string? namespaceName) => namespaceName is null ? "" : $" in {namespaceName}";

    private static string Where(ObjectQuery query) => $"{query.Kind}{(query.Namespace is null ? " in all namespaces" : In(query.Namespace))}";

    private static Func<HttpContent> Body(JsonObject body, MediaTypeHeaderValue type)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        return () => new ByteArrayContent(bytes) { Headers = { ContentType = type } };
    }

    private async Task<JsonElement> AskAsync(string what, HttpMethod method, ApiPath path, Func<HttpContent>? body, CancellationToken cancellationToken)
    {
        using var document = await ReadAsync(what, method, path, body, cancellationToken);
        return document.RootElement.Clone();
    }

    // One request with one answer in JSON, within a minute. The document's memory is borrowed: a page of pods takes megabytes.
    private async Task<JsonDocument> ReadAsync(string what, HttpMethod method, ApiPath path, Func<HttpContent>? body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(what, () => Request(method, path, body), either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await JsonDocument.ParseAsync(stream, default, either.Token);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesApiException(KubernetesFault.Unreachable, $"{Server} did not answer within {Patience.TotalSeconds:0} seconds when asked to {what}", innerException: failure);
        }
        catch (JsonException failure)
        {
            throw new KubernetesApiException(KubernetesFault.Server, $"{Server} did not answer with JSON when asked to {what}; is it a Kubernetes API?", innerException: failure);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw StreamFaults.Lost(Server, failure);
        }
    }

    // A stream that may last: only its beginning has to come in time.
    private async Task<HttpResponseMessage> OpenAsync(string what, ApiPath path, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await client.SendAsync(what, () => Request(HttpMethod.Get, path, null), either.Token);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubernetesApiException(KubernetesFault.Unreachable, $"{Server} did not answer within {Patience.TotalSeconds:0} seconds when asked to {what}", innerException: failure);
        }
    }

    private async Task<Stream> ContentAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsStreamAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw StreamFaults.Lost(Server, failure);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, ApiPath path, Func<HttpContent>? body)
    {
        var request = new HttpRequestMessage(method, path.Uri) { Content = body?.Invoke(), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.ParseAdd("application/json, */*");
        return request;
    }
}
