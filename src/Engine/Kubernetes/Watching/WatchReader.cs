using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentDeck.Engine.Kubernetes.Http;

namespace AgentDeck.Engine.Kubernetes.Watching;

/// <summary>
/// Reads a watch: one JSON object a line, <c>{"type":"ADDED","object":{…}}</c>
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes).
/// </summary>
/// <param name="body">The stream; not disposed.</param>
/// <param name="what">What is being done, for messages.</param>
/// <param name="server">Where, for messages.</param>
/// <param name="origin">As whom, for messages.</param>
/// <param name="time">Measures silence.</param>
internal sealed class WatchReader(Stream body, string what, string server, string origin, TimeProvider time)
{
    // etcd takes 1.5 MiB an object; what is longer is no object.
    private const int LongestLine = 4 * 1024 * 1024;

    // Bookmarks come once a minute and up to two seconds late. Whether the server still lives is found out by asking again.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(75);

    /// <summary>The events until the watch ends, by the server or by its silence.</summary>
    /// <exception cref="KubernetesApiException">It was cut, the server reported an error, or what it sent is no watch.</exception>
    public async IAsyncEnumerable<WatchEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var lines = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        try
        {
            while (await FillAsync(lines, either.Token, cancellationToken) is { } read)
            {
                silence.CancelAfter(LongestSilence);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    if (Parse(rest.Slice(0, end)) is { } change)
                    {
                        yield return change;
                    }

                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > LongestLine)
                {
                    throw Strange();
                }

                lines.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    if (!rest.IsEmpty)
                    {
                        throw new KubernetesApiException(KubernetesFault.Unreachable, $"the connection to {server} was lost in the middle of an event");
                    }

                    yield break;
                }
            }
        }
        finally
        {
            await lines.CompleteAsync();
        }
    }

    // Null after too long a silence.
    private async ValueTask<ReadResult?> FillAsync(PipeReader lines, CancellationToken either, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadAsync(either);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw StreamFaults.Lost(server, failure);
        }
    }

    private WatchEvent? Parse(ReadOnlySequence<byte> line)
    {
        if (line.IsEmpty)
        {
            return null;
        }

        JsonElement element;
        try
        {
            var json = new Utf8JsonReader(line);
            element = JsonElement.ParseValue(ref json);
        }
        catch (JsonException failure)
        {
            throw Strange(failure);
        }

        var change = JsonFields.Of(element);
        var item = change.Element("object");
        var type = change.OptionalText("type");
        if (type == "ERROR")
        {
            var status = ApiStatus.Read(item);
            throw ApiFaults.Refused(what, server, origin, status.Code, status, status.RetryAfterSeconds > 0 ? TimeSpan.FromSeconds(status.RetryAfterSeconds) : null);
        }

        return Type(type) is { } known && item.ValueKind == JsonValueKind.Object
            ? new WatchEvent(known, item, JsonFields.Of(item).Object("metadata").OptionalText("resourceVersion") ?? "")
            : null;
    }

    private static WatchEventType? Type(string? name) => name switch
    {
        "ADDED" => WatchEventType.Added,
        "MODIFIED" => WatchEventType.Modified,
        "DELETED" => WatchEventType.Deleted,
        "BOOKMARK" => WatchEventType.Bookmark,
        _ => null,
    };

    private KubernetesApiException Strange(Exception? failure = null) =>
        new(KubernetesFault.Server, $"{server} sent something that is no event when asked to {what}", innerException: failure);
}
