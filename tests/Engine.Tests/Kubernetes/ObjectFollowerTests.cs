using System.Collections.Immutable;
using System.Threading.Channels;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Watching;
using AgentDeck.Testing.Kubernetes;
using Microsoft.AspNetCore.Http;

namespace AgentDeck.Engine.Tests.Kubernetes;

public sealed class ObjectFollowerTests : IAsyncLifetime, IDisposable
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _ending = new();
    private FakeCluster _cluster = null!;
    private IKubernetesApi _api = null!;
    private Task _following = Task.CompletedTask;

    private FakeApiServer Server => _cluster.Server;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        _api = _cluster.Open();
    }

    public async Task DisposeAsync()
    {
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _following);
        await _api.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Ten_thousand_pods_are_listed_in_pages_and_then_followed()
    {
        for (var number = 0; number < 10_000; number++)
        {
            _cluster.AddPod($"p{number}");
        }

        Follow();
        Assert.Equal(["listed 10000", "live"], await HearAsync(2));
        _cluster.AddPod("late");
        Server.Objects.Delete("/api/v1/namespaces/deck/pods/p7");

        Assert.Equal(["Added late", "Deleted p7"], await HearAsync(2));
        Assert.Equal(21, Server.Requests.Count);
    }

    [Fact]
    public async Task After_410_everything_is_listed_again_without_a_loss_of_contact()
    {
        Server.Next("watch=1", context =>
        {
            _cluster.AddPod("b");
            Server.Objects.Compact();
            return context.Response.WriteAsync("""{"type":"ERROR","object":{"code":410}}""" + "\n");
        });
        _cluster.AddPod("a");

        Follow();

        Assert.Equal(["listed a", "live", "listed a,b"], await HearAsync(3));
    }

    [Fact]
    public async Task A_lost_server_is_tried_again_until_it_is_back_and_missed_changes_are_told()
    {
        Follow();
        Assert.Equal(["listed ", "live"], await HearAsync(2));
        for (var failure = 0; failure < 5; failure++)
        {
            Server.Next("watch=1", context =>
            {
                context.Abort();
                return Task.CompletedTask;
            });
        }

        _cluster.AddPod("a");
        Assert.Equal(["Added a"], await HearAsync(1));
        Server.CutAll();
        foreach (var wait in new[] { 0.375, 0.75, 1.5, 2.25, 2.25 })
        {
            Assert.Equal([$"lost Unreachable for {wait}"], await HearAsync(1));
            await WaitForTimerAsync();
            _cluster.AddPod($"while{wait}");
            _cluster.Time.Advance(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal("lost Unreachable for 2.25", (await HearAsync(1))[0]);
        await WaitForTimerAsync();
        _cluster.Time.Advance(TimeSpan.FromSeconds(2.25));
        Assert.Equal(["Added while0.375", "Added while0.75", "Added while1.5", "Added while2.25", "Modified while2.25"], await HearAsync(5));
        // One timer measures the silence of the watch.
        await WaitForTimerAsync(count: 2);
        Assert.False(_heard.Reader.TryPeek(out _));
        _cluster.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(["live"], await HearAsync(1));
    }

    [Fact]
    public async Task After_410_at_the_end_of_an_outage_the_list_comes_at_once_and_before_it_nothing_is_live()
    {
        _cluster.AddPod("a");
        Follow();
        Assert.Equal(["listed a", "live"], await HearAsync(2));
        for (var failure = 0; failure < 2; failure++)
        {
            Server.Next("watch=1", context =>
            {
                context.Abort();
                return Task.CompletedTask;
            });
        }

        Server.CutAll();
        foreach (var wait in new[] { 0.375, 0.75 })
        {
            Assert.Equal([$"lost Unreachable for {wait}"], await HearAsync(1));
            await WaitForTimerAsync();
            _cluster.Time.Advance(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal("lost Unreachable for 1.5", (await HearAsync(1))[0]);
        await WaitForTimerAsync();
        _cluster.AddPod("b");
        Server.Objects.Compact();
        _cluster.Time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(["listed a,b", "live"], await HearAsync(2));
    }

    [Fact]
    public async Task A_refusal_is_tried_again_slowly_and_throttling_as_the_server_asks()
    {
        Server.Fail("/pods", 403, "Forbidden", "no");
        Server.Fail("/pods", 429, "TooManyRequests", "slow down", retryAfter: "17");
        Server.Fail("/pods", 500, "InternalError", "oops");

        Follow();
        foreach (var (said, wait) in new[] { ("lost Forbidden for 30", 30.0), ("lost Throttled for 17", 17), ("lost Server for 0.375", 0.375) })
        {
            Assert.Equal([said], await HearAsync(1));
            await WaitForTimerAsync();
            _cluster.Time.Advance(TimeSpan.FromSeconds(wait));
        }

        Assert.Equal(["listed ", "live"], await HearAsync(2));
    }

    [Fact]
    public async Task Watches_that_end_at_once_are_not_begun_without_pause()
    {
        Server.Next("watch=1", _ => Task.CompletedTask);
        Follow();
        Assert.Equal(["listed ", "live"], await HearAsync(2));
        await WaitForTimerAsync();
        Assert.Equal(2, Server.Requests.Count);

        _cluster.AddPod("a");
        _cluster.Time.Advance(TimeSpan.FromSeconds(0.375));

        Assert.Equal(["Added a"], await HearAsync(1));
    }

    public void Dispose() => _ending.Dispose();

    private sealed class Observer(ChannelWriter<string> heard, TimeProvider time) : IObjectObserver<string>
    {
        public void Listed(ImmutableArray<string> items) => heard.TryWrite(items.Length > 9 ? $"listed {items.Distinct().Count()}" : $"listed {string.Join(',', items)}");

        public void Changed(WatchEventType type, string item) => heard.TryWrite($"{type} {item}");

        public void LinkChanged(ObjectLink link) => heard.TryWrite(
            link.IsLive ? "live" : $"lost {link.Failure!.Fault} for {(link.NextTry - time.GetUtcNow())!.Value.TotalSeconds}");
    }

    private void Follow()
    {
        var follower = new ObjectFollower<string>(
            _api, new ObjectQuery(ResourceKind.Pods, "deck"), item => item.GetProperty("metadata").GetProperty("name").GetString(), new Observer(_heard.Writer, _cluster.Time), _cluster.Time, () => 0.5);
        _following = follower.RunAsync(_ending.Token);
    }

    private async Task<List<string>> HearAsync(int count)
    {
        var heard = new List<string>();
        while (heard.Count < count)
        {
            heard.Add(await _heard.Reader.ReadAsync(_ending.Token));
        }

        return heard;
    }

    private async Task WaitForTimerAsync(int count = 1)
    {
        while (_cluster.Time.PendingTimers < count)
        {
            await Task.Yield();
        }
    }
}
