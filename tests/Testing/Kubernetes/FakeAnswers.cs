using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AgentDeck.Testing.Kubernetes;

/// <summary>What a fake API server answers when nothing else was scripted.</summary>
internal static class FakeAnswers
{
    /// <summary>Answers with a <c>Status</c> object.</summary>
    public static Task StatusAsync(HttpContext context, int code, string reason, string message) =>
        WriteAsync(context, code, Status(code, reason, message).ToJsonString());

    /// <summary>A <c>Status</c> object of failure.</summary>
    public static JsonObject Status(int code, string reason, string message) =>
        new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["message"] = message, ["reason"] = reason, ["code"] = code };

    /// <summary>Answers as the API does.</summary>
    public static async Task AnswerAsync(FakeApiServer server, HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var rest = segments is ["api", _, ..] ? 2 : segments is ["apis", _, _, ..] ? 3 : segments.Length;
        rest += segments.Length > rest + 2 && segments[rest] == "namespaces" ? 2 : 0;
        switch (segments.Length - rest)
        {
            case 1 when path.EndsWith("/selfsubjectaccessreviews", StringComparison.Ordinal):
                var review = await BodyAsync(context);
                review["status"] = new JsonObject { ["allowed"] = review["spec"]!["resourceAttributes"]!["verb"]!.GetValue<string>() != "impersonate" };
                await WriteAsync(context, 201, review.ToJsonString());
                break;
            case 1 when HttpMethods.IsPost(context.Request.Method):
                await CreateAsync(server, context, path);
                break;
            case 1 when context.Request.Query.ContainsKey("watch"):
                await WatchAsync(server, context, path);
                break;
            case 1 when !path.Contains("/absent", StringComparison.Ordinal):
                await ListAsync(server, context, path);
                break;
            case 2:
                await ObjectAsync(server, context, path);
                break;
            case 3 when server.Objects.Get(path[..path.LastIndexOf('/')]) is null:
                await StatusAsync(context, 404, "NotFound", $"pods \"{segments[^2]}\" not found");
                break;
            case 3 when segments[^1] == "exec":
                await server.Exec.RunAsync(context);
                break;
            case 3 when segments[^1] == "log":
                await LogAsync(server, context, segments[^2]);
                break;
            default:
                context.Response.StatusCode = 404;
                await context.Response.WriteAsync("404 page not found\n");
                break;
        }
    }

    private static async Task ListAsync(FakeApiServer server, HttpContext context, string path)
    {
        var all = server.Objects.List(path, Selector(context));
        var from = int.TryParse(context.Request.Query["continue"], CultureInfo.InvariantCulture, out var start) ? start : 0;
        var count = int.TryParse(context.Request.Query["limit"], CultureInfo.InvariantCulture, out var limit) ? limit : all.Count;
        var next = from + count < all.Count ? (from + count).ToString(CultureInfo.InvariantCulture) : "";
        await WriteAsync(
            context, 200, $$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"{{server.Objects.Version}}","continue":"{{next}}"},"items":[{{string.Join(',', all.Skip(from).Take(count))}}]}""");
    }

    private static async Task WatchAsync(FakeApiServer server, HttpContext context, string path)
    {
        var version = long.TryParse(context.Request.Query["resourceVersion"], CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        if (server.Objects.IsExpired(version))
        {
            await WriteAsync(context, 200, $$"""{"type":"ERROR","object":{{Status(410, "Expired", "too old resource version").ToJsonString()}}}""" + "\n");
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.FlushAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, server.Stopping);
        while (true)
        {
            var (events, now, changed) = server.Objects.After(version, path, Selector(context));
            foreach (var change in events)
            {
                await context.Response.WriteAsync(change + "\n", ending.Token);
            }

            await context.Response.Body.FlushAsync(ending.Token);
            version = now;
            await changed.WaitAsync(ending.Token);
        }
    }

    private static async Task CreateAsync(FakeApiServer server, HttpContext context, string path)
    {
        var body = await BodyAsync(context);
        if (body["metadata"]?["name"]?.GetValue<string>() is not { Length: > 0 } name)
        {
            await StatusAsync(context, 422, "Invalid", "metadata.name: Required value: name or generateName is required");
        }
        else
        {
            await AnswerAsync(context, 201, server.Objects.Alone(() => server.Objects.Get($"{path}/{name}") is null
                ? server.Objects.Put($"{path}/{name}", body)
                : Status(409, "AlreadyExists", $"\"{name}\" already exists")));
        }
    }

    private static async Task ObjectAsync(FakeApiServer server, HttpContext context, string path)
    {
        var body = context.Request.ContentLength > 0 ? await BodyAsync(context) : [];
        await AnswerAsync(context, 200, server.Objects.Alone(() => Change(server.Objects, context.Request.Method, path, body)));
    }

    private static JsonObject Change(FakeObjects objects, string method, string path, JsonObject body)
    {
        if (objects.Get(path) is not { } found)
        {
            return Status(404, "NotFound", $"\"{path[(path.LastIndexOf('/') + 1)..]}\" not found");
        }

        if (Differs(body["metadata"]?["resourceVersion"], found["metadata"]!["resourceVersion"]) || Differs(body["preconditions"]?["uid"], found["metadata"]!["uid"]))
        {
            return Status(409, "Conflict", "the object has been modified");
        }

        switch (method)
        {
            case "PUT":
                return objects.Put(path, body);
            case "PATCH":
                Merge(found, body);
                return objects.Put(path, found);
            case "DELETE":
                objects.Delete(path);
                return found;
            default:
                return found;
        }
    }

    private static async Task LogAsync(FakeApiServer server, HttpContext context, string pod)
    {
        var lines = server.Logs.GetValueOrDefault(pod, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var tail = int.TryParse(context.Request.Query["tailLines"], CultureInfo.InvariantCulture, out var count) ? count : lines.Length;
        // Three lines a second, two of which are of the same instant.
        var since = DateTimeOffset.TryParse(context.Request.Query["sinceTime"], CultureInfo.InvariantCulture, out var asked) ? asked : DateTimeOffset.MinValue;
        var written = lines.Select((line, index) => (Line: line, Time: new DateTimeOffset(2026, 11, 21, 14, 0, index / 3, index % 3 == 0 ? 0 : 500, TimeSpan.Zero)));
        foreach (var (line, time) in written.Where(known => known.Time >= since).TakeLast(tail))
        {
            var prefix = context.Request.Query["timestamps"] == "true" ? $"{time:yyyy-MM-ddTHH:mm:ss.ffffff}789Z " : "";
            await context.Response.WriteAsync($"{prefix}{line}\n");
        }

        await context.Response.Body.FlushAsync();
        if (context.Request.Query["follow"] == "true")
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, server.Stopping);
            await Task.Delay(Timeout.Infinite, ending.Token);
        }
    }

    private static Func<JsonObject, bool> Selector(HttpContext context)
    {
        var wanted = context.Request.Query["labelSelector"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToArray();
        return item => wanted.All(pair => ((item["metadata"] as JsonObject)?["labels"] as JsonObject)?[pair[0]] is JsonValue label && label.ToString() == pair[1]);
    }

    private static bool Differs(JsonNode? wanted, JsonNode? found) => wanted is not null && wanted.ToString() != found?.ToString();

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is JsonObject inner && target[name] is JsonObject below)
            {
                Merge(below, inner);
            }
            else if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context) =>
        (await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, JsonSerializerOptions.Default, context.RequestAborted))!;

    private static Task AnswerAsync(HttpContext context, int code, JsonObject answer) =>
        WriteAsync(context, IsFailure(answer) ? answer["code"]!.GetValue<int>() : code, answer.ToJsonString());

    private static bool IsFailure(JsonObject answer) => answer["kind"] is JsonValue kind && kind.ToString() == "Status";

    private static async Task WriteAsync(HttpContext context, int code, string json)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json), context.RequestAborted);
    }
}
