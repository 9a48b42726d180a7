using System.Globalization;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Leadership;
using AgentDeck.Testing.Kubernetes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Leadership;

public sealed class LeaseElectorTests : IAsyncLifetime
{
    private const string Path = "/apis/coordination.k8s.io/v1/namespaces/deck/leases/agentdeck";

    private readonly List<Contender> _contenders = [];
    private FakeCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await FakeCluster.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var contender in _contenders)
        {
            await contender.DisposeAsync();
        }

        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task The_first_makes_the_lease_and_the_second_says_who_leads()
    {
        var first = Join("first");
        await first.SeeAsync(elector => elector.Holds);

        var second = Join("second");
        await second.SeeAsync(elector => elector.Standing.Holder == "first");

        Assert.False(second.Elector.Holds);
        Assert.True(second.Elector.Term.IsCancellationRequested);
        Assert.Equal(("first", 15, 0, "2026-11-21T14:00:00.000000Z"), (Text("holderIdentity"), Number("leaseDurationSeconds"), Number("leaseTransitions"), Text("renewTime")));
    }

    [Fact]
    public async Task A_holder_that_is_killed_is_followed_after_the_duration_and_not_before()
    {
        var first = Join("first");
        await first.SeeAsync(elector => elector.Holds);
        var second = Join("second");
        await second.SeeAsync(elector => elector.Standing.Holder == "first");
        await first.KillAsync();
        var seen = _cluster.Time.GetUtcNow();

        await DriveAsync(() => second.Elector.Holds, () => Assert.True(!second.Elector.Holds || _cluster.Time.GetUtcNow() - seen >= LeaseTimes.Default.Duration));

        Assert.True(_cluster.Time.GetUtcNow() - seen >= LeaseTimes.Default.Duration);
        Assert.False(first.Elector.Holds);
        Assert.Equal(("second", 1), (Text("holderIdentity"), Number("leaseTransitions")));
    }

    [Fact]
    public async Task A_term_ends_at_the_renew_deadline_even_when_the_api_hangs_and_before_another_may_begin()
    {
        var first = Join("first");
        await first.SeeAsync(elector => elector.Holds);
        var term = first.Elector.Term;
        SwallowRequests();

        _cluster.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(first.Elector.Holds);
        _cluster.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(first.Elector.Holds);
        Assert.True(term.IsCancellationRequested);
    }

    [Fact]
    public async Task Two_that_want_it_in_the_same_moment_are_not_both_told_that_they_have_it()
    {
        Put("gone", "2026-11-21T13:00:00.000000Z");
        Contender[] all = [Join("a"), Join("b"), Join("c")];
        await Task.WhenAll(all.Select(contender => contender.SeeAsync(elector => elector.Standing.Holder == "gone")));

        await DriveAsync(
            () => all.Any(contender => contender.Elector.Holds),
            () => Assert.True(all.Count(contender => contender.Elector.Holds) <= 1));

        Assert.Equal(Assert.Single(all, contender => contender.Elector.Holds).Name, Text("holderIdentity"));
        Assert.True(Number("leaseTransitions") >= 6);
    }

    [Fact]
    public async Task Who_sees_anothers_name_in_it_stops_at_once()
    {
        var first = Join("first");
        await first.SeeAsync(elector => elector.Holds);
        var term = first.Elector.Term;

        Put("usurper", "2026-11-21T14:00:00.500000Z");
        await DriveAsync(() => first.Elector.Standing.Holder == "usurper");

        Assert.False(first.Elector.Holds);
        Assert.True(term.IsCancellationRequested);
        Assert.Equal("usurper", Text("holderIdentity"));
    }

    [Fact]
    public async Task A_change_by_others_that_is_no_renewal_is_read_again_and_kept()
    {
        var first = Join("first");
        await first.SeeAsync(elector => elector.Holds);
        var lease = _cluster.Server.Objects.Get(Path)!;
        lease["metadata"]!["labels"] = new JsonObject { ["team"] = "green" };
        _cluster.Server.Objects.Put(Path, lease);

        await DriveAsync(() => Text("renewTime") != "2026-11-21T14:00:00.000000Z");

        Assert.True(first.Elector.Holds);
        Assert.Equal("green", (string?)_cluster.Server.Objects.Get(Path)!["metadata"]!["labels"]!["team"]);
    }

    [Fact]
    public async Task What_is_given_back_is_free_and_no_longer_held_before_that_was_said()
    {
        var first = Join("first");
        await first.SeeAsync(elector => elector.Holds);
        var second = Join("second");
        await second.SeeAsync(elector => elector.Standing.Holder == "first");

        await first.LeaveAsync();
        Assert.False(first.Elector.Holds);
        Assert.Null(_cluster.Server.Objects.Get(Path)!["spec"]!["holderIdentity"]);

        await DriveAsync(() => second.Elector.Holds);
        Assert.Equal(1, Number("leaseTransitions"));
    }

    [Fact]
    public async Task Giving_back_what_another_took_meanwhile_leaves_it_to_them()
    {
        var first = Join("first");
        await first.SeeAsync(elector => elector.Holds);
        Put("other", "2026-11-21T14:00:00.500000Z");

        await first.LeaveAsync();

        Assert.Equal("other", Text("holderIdentity"));
    }

    [Fact]
    public async Task Who_may_not_have_it_says_so_and_holds_nothing()
    {
        _cluster.Server.Fail("leases", 403, "Forbidden", "leases.coordination.k8s.io \"agentdeck\" is forbidden");

        var first = Join("first");
        await first.SeeAsync(elector => elector.Standing.Failure is not null);

        Assert.False(first.Elector.Holds);
        Assert.Contains("forbids", first.Elector.Standing.Failure, StringComparison.Ordinal);
    }

    private Contender Join(string name)
    {
        var contender = new Contender(name, _cluster);
        _contenders.Add(contender);
        return contender;
    }

    private void SwallowRequests()
    {
        for (var request = 0; request < 20; request++)
        {
            _cluster.Server.Next("leases", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        }
    }

    // Moves the clock on, slowly enough for answers to come, until something holds; something else holds all the time.
    private async Task DriveAsync(Func<bool> until, Action? always = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!until())
        {
            always?.Invoke();
            _cluster.Time.Advance(TimeSpan.FromSeconds(0.5));
            await timer.WaitForNextTickAsync(deadline.Token);
        }

        always?.Invoke();
    }

    private void Put(string holder, string renewed) => _cluster.Server.Objects.Put(Path, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "agentdeck", ["namespace"] = "deck" },
        ["spec"] = new JsonObject { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = 15, ["renewTime"] = renewed, ["leaseTransitions"] = 5 },
    });

    private string? Text(string field) => (string?)_cluster.Server.Objects.Get(Path)!["spec"]![field];

    private int Number(string field) => int.Parse(_cluster.Server.Objects.Get(Path)!["spec"]![field]!.ToString(), CultureInfo.InvariantCulture);

    private static async Task Eventually(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>An elector at work on the clock of the test.</summary>
    private sealed class Contender : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly IKubernetesApi _api;
        private readonly Task _running;

        public Contender(string name, FakeCluster cluster)
        {
            Name = name;
            _api = cluster.Open();
            Elector = new LeaseElector(
                _api, new ObjectName(ResourceKind.Leases, "deck", "agentdeck"), name, LeaseTimes.Default, cluster.Time, () => 0.5, NullLogger.Instance, () => { });
            _running = Elector.RunAsync(_end.Token);
        }

        public string Name { get; }

        public LeaseElector Elector { get; }

        public Task SeeAsync(Func<LeaseElector, bool> isExpected) => Eventually(() => isExpected(Elector));

        public async Task KillAsync()
        {
            await _end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        }

        public async Task LeaveAsync()
        {
            await KillAsync();
            await Elector.ReleaseAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
            Elector.Dispose();
            await _api.DisposeAsync();
            _end.Dispose();
        }
    }
}
