using System.Text.Json.Nodes;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Leadership;
using AgentDeck.Engine.Store;
using AgentDeck.Testing.Kubernetes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Leadership;

public sealed class FleetLeadershipTests
{
    private const string Leader = "leader\e[2J";
    private static readonly AgentId Local = new("here", "", "a");
    private static readonly AgentId InPod = new("gc", "", "mayor");
    private static readonly AgentId InOther = new("team", "", "mayor");
    private static readonly LeasePlace Deck = new(null, null, "deck");

    [Fact]
    public async Task Where_nobody_shares_this_engine_keeps_what_is_declared()
    {
        await using var scene = await SceneAsync();
        await using var leadership = scene.Join("me");

        Assert.Null(leadership.WhyNot(Local));
        Assert.True(leadership.IsOurs(Local, scene.Cluster.Time.GetUtcNow()));
        Assert.False(leadership.Mandate(Local).IsCancellationRequested);
    }

    [Fact]
    public async Task A_shared_source_is_kept_from_when_its_lease_is_held_and_told_when_it_is_not()
    {
        await using var scene = await SceneAsync();
        await using var leader = scene.Join(Leader);
        await leader.ArrangeAsync(new Dictionary<string, LeasePlace> { ["gc"] = Deck });
        await Scene.SeeAsync(() => leader.WhyNot(InPod) is null);
        Assert.Null(scene.LeadOf("gc", Leader));
        await using var other = scene.Join("other");
        await other.ArrangeAsync(new Dictionary<string, LeasePlace> { ["team"] = Deck });
        Assert.NotNull(other.WhyNot(InOther));
        Assert.True(other.Mandate(InOther).IsCancellationRequested);

        await Scene.SeeAsync(() => scene.LeadOf("team", "other") is not null);

        Assert.EndsWith(" leads", other.WhyNot(InOther), StringComparison.Ordinal);
        Assert.StartsWith("NotEnforced: leader", scene.LeadOf("team", "other"), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', scene.LeadOf("team", "other")!);
        Assert.Null(other.WhyNot(Local));
        Assert.True(scene.Changes > 0);
    }

    [Fact]
    public async Task Two_sources_of_one_namespace_share_one_lease()
    {
        await using var scene = await SceneAsync();
        await using var leadership = scene.Join("me");

        await leadership.ArrangeAsync(new Dictionary<string, LeasePlace> { ["gc"] = Deck, ["team"] = Deck });
        await Scene.SeeAsync(() => leadership.WhyNot(InPod) is null && leadership.WhyNot(InOther) is null);

        Assert.Equal(1, scene.Opened);
    }

    [Fact]
    public async Task A_source_that_is_no_longer_shared_gives_its_lease_back_and_so_does_the_end()
    {
        await using var scene = await SceneAsync();
        var leadership = scene.Join("me");
        await leadership.ArrangeAsync(new Dictionary<string, LeasePlace> { ["gc"] = Deck });
        await Scene.SeeAsync(() => leadership.WhyNot(InPod) is null);
        var mandate = leadership.Mandate(InPod);

        await leadership.ArrangeAsync(new Dictionary<string, LeasePlace>());
        Assert.Null(scene.Holder);
        Assert.True(mandate.IsCancellationRequested);

        await leadership.ArrangeAsync(new Dictionary<string, LeasePlace> { ["gc"] = Deck });
        await Scene.SeeAsync(() => leadership.WhyNot(InPod) is null);
        await leadership.DisposeAsync();
        Assert.Null(scene.Holder);
    }

    [Fact]
    public async Task Without_permission_nothing_is_kept_and_one_line_says_why()
    {
        await using var scene = await SceneAsync();
        scene.Cluster.Server.Fail("leases", 403, "Forbidden", "leases is forbidden\nfor you");
        await using var leadership = scene.Join("me");

        await leadership.ArrangeAsync(new Dictionary<string, LeasePlace> { ["gc"] = Deck });
        await Scene.SeeAsync(() => scene.LeadOf("gc") is not null);

        Assert.StartsWith("NotEnforced: nobody is known to lead, because no lease can be had: ", scene.LeadOf("gc"), StringComparison.Ordinal);
        Assert.EndsWith("agentdeck manifests engine prints the Role that is needed", scene.LeadOf("gc"), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', scene.LeadOf("gc")!);
        Assert.NotNull(leadership.WhyNot(InPod));
        Assert.True(leadership.IsOurs(InPod, scene.Cluster.Time.GetUtcNow()));
    }

    [Fact]
    public async Task What_was_seen_while_the_leader_lived_is_its_to_tell_and_what_was_seen_after_it_fell_silent_is_its_followers()
    {
        await using var scene = await SceneAsync();
        scene.Put("boss", "2026-11-21T13:59:59.000000Z");
        await using var follower = scene.Join("me");
        await follower.ArrangeAsync(new Dictionary<string, LeasePlace> { ["gc"] = Deck });
        Assert.Null(follower.IsOurs(InPod, scene.Cluster.Time.GetUtcNow()));
        await Scene.SeeAsync(() => scene.LeadOf("gc") is not null);
        var before = scene.Cluster.Time.GetUtcNow();
        Assert.Null(follower.IsOurs(InPod, before));

        scene.Put("boss", "2026-11-21T14:00:01.000000Z");
        await scene.DriveAsync(() => follower.IsOurs(InPod, before) == false);
        var after = scene.Cluster.Time.GetUtcNow();
        Assert.Null(follower.IsOurs(InPod, after));
        await scene.DriveAsync(() => follower.WhyNot(InPod) is null);

        Assert.True(follower.IsOurs(InPod, after));
        Assert.False(follower.IsOurs(InPod, before));
    }

    [Fact]
    public void Only_sources_in_clusters_with_declared_agents_are_shared_and_their_namespace_has_the_lease()
    {
        var spec = Fleet.Spec("mayor") with { Source = "gc" };
        var configuration = new DeckConfiguration
        {
            Sources =
            [
                new LocalSourceSpec("here", "x"),
                new KubernetesSourceSpec("gc", "gascity") { Context = "prod" },
                new KubernetesSourceSpec("watched", "plain"),
            ],
            Agents = [spec, Fleet.Spec("a")],
        };

        var shared = SharedPlaces.Of(configuration, _ => null);

        Assert.Equal(new LeasePlace("prod", null, "gc"), Assert.Single(shared).Value);
    }

    private static async Task<Scene> SceneAsync() => new(await FakeCluster.StartAsync());

    private sealed class Scene(FakeCluster cluster) : IAsyncDisposable
    {
        private readonly Dictionary<string, FleetStore> _stores = [];
        private int _opened;
        private int _changes;

        public FakeCluster Cluster => cluster;

        public int Opened => _opened;

        public int Changes => _changes;

        public string? Holder => (string?)cluster.Server.Objects.Get("/apis/coordination.k8s.io/v1/namespaces/deck/leases/agentdeck")!["spec"]!["holderIdentity"];

        public FleetLeadership Join(string name)
        {
            var store = _stores[name] = new FleetStore(cluster.Time);
            store.Apply(edit => edit.ArrangeSources([.. new[] { "gc", "team" }.Select(source => new SourceStatus(source, "kubernetes", SourceLink.Live, null, null))]));
            return new FleetLeadership(store, Open, name, cluster.Time, () => 0.5, NullLogger.Instance, () => Interlocked.Increment(ref _changes));
        }

        public string? LeadOf(string source, string engine = "me") => _stores[engine].Current.Sources.Single(status => status.Name == source).Lead;

        public static async Task SeeAsync(Func<bool> holds)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!holds())
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }

        // Moves the clock on, slowly enough for answers to come, until something holds.
        public async Task DriveAsync(Func<bool> until)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!until())
            {
                cluster.Time.Advance(TimeSpan.FromSeconds(0.5));
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }

        public void Put(string holder, string renewed) => cluster.Server.Objects.Put("/apis/coordination.k8s.io/v1/namespaces/deck/leases/agentdeck", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "agentdeck", ["namespace"] = "deck" },
            ["spec"] = new JsonObject { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = 15, ["renewTime"] = renewed, ["leaseTransitions"] = 5 },
        });

        public ValueTask DisposeAsync() => cluster.DisposeAsync();

        private IKubernetesApi Open(LeasePlace place)
        {
            Interlocked.Increment(ref _opened);
            return cluster.Open();
        }
    }
}
