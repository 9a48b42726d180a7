using System.Collections.Concurrent;
using System.Globalization;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Leadership;
using AgentDeck.Engine.Processes;
using AgentDeck.Testing.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Cluster.Tests.Leadership;

[Collection(ClusterCollection.Name)]
public sealed class LeadershipTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [ClusterTheory]
    [InlineData("killed")]
    [InlineData("leaving")]
    public async Task When_the_leader_ends_another_takes_over_and_never_two_lead(string how)
    {
        var lease = new ObjectName(ResourceKind.Leases, space.Name, $"lease-{how}");
        using var watching = new CancellationTokenSource();
        var history = new ConcurrentQueue<LeaseRecord>();
        var watched = WatchAsync(lease, history, watching.Token);
        await using var first = new Contender("first", lease, space.Cluster.Kubeconfig);
        await SeeAsync(() => first.Elector.Holds);
        await using var second = new Contender("second", lease, space.Cluster.Kubeconfig);
        await SeeAsync(() => second.Elector.Standing.Holder == "first");
        Assert.False(second.Elector.Holds);

        // As after kill -9: nobody says anything any more. Its term still lasts.
        await first.StopAsync();
        if (how == "leaving")
        {
            await first.Elector.ReleaseAsync(CancellationToken.None);
            Assert.False(first.Elector.Holds);
        }

        // At no time do two believe that they lead.
        await SeeAsync(() => second.Elector.Holds, () => Assert.False(first.Elector.Holds && second.Elector.Holds));

        Assert.False(first.Elector.Holds);
        await SeeAsync(() => history.Any(record => record.Holder == "second"));
        await watching.CancelAsync();
        await watched;
        var holders = history.Select(record => record.Holder).Aggregate(new List<string>(), (seen, holder) =>
        {
            if (seen.Count == 0 || seen[^1] != holder)
            {
                seen.Add(holder);
            }

            return seen;
        });
        Assert.Equal(how == "leaving" ? ["first", "", "second"] : ["first", "second"], holders);
        Assert.Equal(1, history.Last(record => record.Holder == "second").Transitions);

        // By the server's own record: not before the time that the first had promised was over.
        if (how == "killed")
        {
            var last = Time(history.Last(record => record.Holder == "first"));
            var next = Time(history.First(record => record.Holder == "second"));
            Assert.InRange(next - last, LeaseTimes.Default.Duration - TimeSpan.FromSeconds(0.5), LeaseTimes.Default.Duration + Deadline);
        }
    }

    [ClusterFact]
    public async Task Of_ten_that_come_at_once_one_leads()
    {
        var lease = new ObjectName(ResourceKind.Leases, space.Name, "lease-many");
        var all = Enumerable.Range(0, 10).Select(index => new Contender($"engine-{index}", lease, space.Cluster.Kubeconfig)).ToList();
        try
        {
            await SeeAsync(
                () => all.Count(contender => contender.Elector.Standing.Holder is { Length: > 0 }) == all.Count,
                () => Assert.True(all.Count(contender => contender.Elector.Holds) <= 1));

            var leader = Assert.Single(all, contender => contender.Elector.Holds);
            Assert.All(all, contender => Assert.Equal(leader.Name, contender.Elector.Standing.Holder));
        }
        finally
        {
            foreach (var contender in all)
            {
                await contender.DisposeAsync();
            }
        }
    }

    private static DateTimeOffset Time(LeaseRecord record) => DateTimeOffset.Parse(record.RenewedAt!, CultureInfo.InvariantCulture);

    private static IKubernetesApi Open(string kubeconfig) =>
        new KubernetesConnector(new LocalCommandRunner(TimeProvider.System), Environment.GetEnvironmentVariable, TimeProvider.System, () => 0.5).Open(null, kubeconfig);

    private static async Task SeeAsync(Func<bool> holds, Action? always = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var deadline = new CancellationTokenSource(Deadline);
        while (!holds())
        {
            always?.Invoke();
            await timer.WaitForNextTickAsync(deadline.Token);
        }

        always?.Invoke();
    }

    // Everything that was ever written, in the order in which the server took it.
    private async Task WatchAsync(ObjectName lease, ConcurrentQueue<LeaseRecord> history, CancellationToken cancellationToken)
    {
        await using var api = Open(space.Cluster.Kubeconfig);
        try
        {
            var query = new ObjectQuery(lease.Kind, lease.Namespace, null);
            var version = (await api.ListAsync(query, null, cancellationToken)).ResourceVersion;
            await foreach (var change in api.WatchAsync(query, version, cancellationToken))
            {
                if (change.Type is WatchEventType.Added or WatchEventType.Modified && change.Object.GetProperty("metadata").GetProperty("name").GetString() == lease.Name)
                {
                    history.Enqueue(LeaseRecord.Read(change.Object));
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private sealed class Contender : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly IKubernetesApi _api;
        private readonly Task _running;

        public Contender(string name, ObjectName lease, string kubeconfig)
        {
            Name = name;
            _api = Open(kubeconfig);
            Elector = new LeaseElector(_api, lease, name, LeaseTimes.Default, TimeProvider.System, new Random(name.GetHashCode(StringComparison.Ordinal)).NextDouble, NullLogger.Instance, () => { });
            _running = Elector.RunAsync(_end.Token);
        }

        public string Name { get; }

        public LeaseElector Elector { get; }

        public async Task StopAsync()
        {
            await _end.CancelAsync();
            await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            Elector.Dispose();
            await _api.DisposeAsync();
            _end.Dispose();
        }
    }
}
