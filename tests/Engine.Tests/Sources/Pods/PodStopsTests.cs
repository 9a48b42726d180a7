using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing.Kubernetes;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PodStopsTests : IAsyncLifetime
{
    private const string Path = "/api/v1/namespaces/ns/pods/pod-1";
    private static readonly AgentId Agent = new("k", "", "mayor");

    private readonly Bookkeeping _books = new();
    private FakeCluster _cluster = null!;

    private int Deletes => _cluster.Server.Requests.Count(request => request.StartsWith("DELETE ", StringComparison.Ordinal));

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync();
        // Nothing but the pauses between tries waits on this clock.
        _books.Time.TimerSet += () => Task.Run(() => _books.Time.Advance(TimeSpan.FromMinutes(1)));
        var pod = Bookkeeping.Marked(Bookkeeping.Pod("u-1", "mayor"), EndMark.Stopped);
        _books.List(null, pod);
        _cluster.Server.Objects.Put(Path, pod);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(409, "Conflict")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task A_deletion_that_fails_for_a_reason_that_may_pass_is_tried_again(int code, string reason)
    {
        Fail(PodStops.Retries, code, reason);

        await KillAsync();

        Assert.Equal(PodStops.Retries + 1, Deletes);
        Assert.Null(_cluster.Server.Objects.Get(Path));
    }

    [Theory]
    [InlineData(409, "Conflict", "the pod pod-1 could not be deleted: it changed each time")]
    [InlineData(500, "InternalError", "cannot delete pods/pod-1 in ns: not now")]
    public async Task A_deletion_that_fails_each_time_fails_the_request_and_says_why(int code, string reason, string message)
    {
        Fail(PodStops.Retries + 1, code, reason);

        var failure = await Assert.ThrowsAsync<TransportException>(KillAsync);

        Assert.Equal((TransportFault.Unreachable, message), (failure.Fault, failure.Message));
        Assert.Equal(PodStops.Retries + 1, Deletes);
        Assert.NotNull(_cluster.Server.Objects.Get(Path));
    }

    [Fact]
    public async Task A_deletion_that_is_forbidden_is_tried_once_and_names_the_right_that_is_missing()
    {
        _cluster.Server.Fail("pods/pod-1", 403, "Forbidden", "pods \"pod-1\" is forbidden: User \"tester\" cannot delete resource \"pods\" in API group \"\" in the namespace \"ns\"");

        var failure = await Assert.ThrowsAsync<TransportException>(KillAsync);

        Assert.Equal(TransportFault.Denied, failure.Fault);
        Assert.Contains("cannot delete resource \"pods\"", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Deletes);
    }

    [Fact]
    public async Task Another_pod_of_the_same_name_is_spared_and_nothing_is_left_to_do()
    {
        _cluster.Server.Objects.Put(Path, Bookkeeping.Pod("u-2", "mayor"));

        await KillAsync();

        Assert.Equal(1, Deletes);
        Assert.NotNull(_cluster.Server.Objects.Get(Path));
    }

    private void Fail(int times, int code, string reason)
    {
        for (var time = 0; time < times; time++)
        {
            _cluster.Server.Fail("pods/pod-1", code, reason, "not now");
        }
    }

    private async Task KillAsync()
    {
        await using var api = _cluster.Open();
        var requests = new AmbientRequests(api, _books.Book, _books.Store, _books.Time);
        await new PodStops(api, _books.Settings.Dialect, _books.Book, requests, _books.Time, () => 0.5).KillAsync(Agent, CancellationToken.None);
    }
}
