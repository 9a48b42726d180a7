using System.Text.Json;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;
using AgentDeck.Testing.Kubernetes;
using Microsoft.AspNetCore.Http;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class WatchTests : IAsyncLifetime
{
    private const string Added = """{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"7"}}}""";
    private static readonly ObjectQuery Pods = new(ResourceKind.Pods, "deck");
    private FakeCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await FakeCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_watch_asks_for_bookmarks_and_for_an_end_in_four_to_five_minutes()
    {
        await WatchAsync("");

        Assert.Equal("GET /api/v1/namespaces/deck/pods?watch=1&allowWatchBookmarks=true&resourceVersion=5&timeoutSeconds=270", Assert.Single(_cluster.Server.Requests));
    }

    [Fact]
    public async Task Strange_events_hide_no_others()
    {
        var events = await WatchAsync($$$$"""
            {"type":"NOVEL","object":{}}
            {"type":7,"object":{}}
            {"type":"ADDED","object":[]}
            {"type":"ADDED","object":{"metadata":[]}}
            []

            {{{{Added}}}}
            {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}

            """);

        Assert.Equal(["5", "", "7", "9"], events.Select(change => change.ResourceVersion));
    }

    [Fact]
    public async Task An_expired_version_is_expired_as_a_status_and_as_an_event()
    {
        _cluster.Server.Fail("watch=1", 410, "Expired", "too old");
        var status = await Assert.ThrowsAsync<KubernetesApiException>(() => WatchAllAsync([]));
        _cluster.Server.Objects.Compact();
        var change = await Assert.ThrowsAsync<KubernetesApiException>(() => WatchAllAsync([]));

        Assert.Equal((KubernetesFault.Expired, KubernetesFault.Expired), (status.Fault, change.Fault));
    }

    [Fact]
    public async Task An_error_in_mid_stream_comes_after_what_was_told_before()
    {
        var seen = new List<WatchEvent>();

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => WatchAsync($$$$"""
            {{{{Added}}}}
            {"type":"ERROR","object":{"code":429,"message":"slow","details":{"retryAfterSeconds":3}}}

            """, seen));

        Assert.Equal((KubernetesFault.Throttled, TimeSpan.FromSeconds(3)), (failure.Fault, failure.RetryAfter));
        Assert.Equal(2, seen.Count);
    }

    [Theory]
    [InlineData("""{"type":"ADDED","obj""", KubernetesFault.Unreachable)]
    [InlineData("{\"type\":}\n", KubernetesFault.Server)]
    public async Task A_broken_line_ends_the_watch(string body, object fault)
    {
        var seen = new List<WatchEvent>();

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => WatchAsync(Added + "\n" + body, seen));

        Assert.Equal(fault, failure.Fault);
        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task A_line_that_does_not_end_is_not_collected_for_ever()
    {
        var endless = new EndlessLine();
        var reader = new WatchReader(endless, "watch pods", "cluster", "tester", _cluster.Time);

        var failure = await Assert.ThrowsAsync<KubernetesApiException>(async () => await reader.ReadAsync(default).GetAsyncEnumerator().MoveNextAsync());

        Assert.Equal(KubernetesFault.Server, failure.Fault);
        Assert.InRange(endless.Given, 1, 5 * 1024 * 1024);
    }

    [Fact]
    public async Task A_watch_that_falls_silent_ends()
    {
        _cluster.Server.Next("watch=1", async context =>
        {
            await context.Response.WriteAsync(Added + "\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var api = _cluster.Open();
        await using var watch = api.WatchAsync(Pods, "5", default).GetAsyncEnumerator();
        await watch.MoveNextAsync();
        await watch.MoveNextAsync();

        var silent = watch.MoveNextAsync();
        _cluster.Time.Advance(TimeSpan.FromSeconds(76));

        Assert.False(await silent);
    }

    [Fact]
    public async Task A_watch_whose_connection_is_cut_is_unreachable()
    {
        await using var api = _cluster.Open();
        await using var watch = api.WatchAsync(Pods, "100", default).GetAsyncEnumerator();
        await watch.MoveNextAsync();

        var waiting = watch.MoveNextAsync();
        _cluster.Server.CutAll();

        Assert.Equal(KubernetesFault.Unreachable, (await Assert.ThrowsAsync<KubernetesApiException>(() => waiting.AsTask())).Fault);
    }

    [Fact]
    public async Task Mistyped_lists_and_objects_hide_nothing()
    {
        await using var api = _cluster.Open();
        _cluster.Server.Next("/pods", context => context.Response.WriteAsync("""{"metadata":{"resourceVersion":7,"continue":null},"items":[1,null,{"metadata":"x"},{"status":[]}]}"""));
        _cluster.Server.Next("/pods", context => context.Response.WriteAsync("""{"items":{}}"""));

        var page = await api.ListAsync(Pods, null, default);
        var none = await api.ListAsync(Pods, null, default);

        Assert.Equal([JsonValueKind.Object, JsonValueKind.Object], page.Items.Select(item => item.ValueKind));
        Assert.Equal(("", null), (page.ResourceVersion, page.Continue));
        Assert.Empty(none.Items);
    }

    private async Task<List<WatchEvent>> WatchAsync(string body, List<WatchEvent>? seen = null)
    {
        _cluster.Server.Next("watch=1", context => context.Response.WriteAsync(body));
        seen ??= [];
        await WatchAllAsync(seen);
        return seen;
    }

    private async Task WatchAllAsync(List<WatchEvent> seen)
    {
        await using var api = _cluster.Open();
        await foreach (var change in api.WatchAsync(Pods, "5", default))
        {
            seen.Add(change);
        }
    }

    // Not over a connection: on a busy machine one that is never silent may end before the line is too long.
    private sealed class EndlessLine : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Were it collected for ever, the test would fail rather than fill the memory.
            if (Given > 64 * 1024 * 1024)
            {
                return ValueTask.FromResult(0);
            }

            buffer.Span.Fill((byte)'x');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
