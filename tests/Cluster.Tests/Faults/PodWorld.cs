using System.Text.Json;
using AgentDeck.Cluster.Tests.Access;
using AgentDeck.Cluster.Tests.Leadership;
using AgentDeck.Engine.Leadership;
using AgentDeck.Testing;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Faults;

/// <summary>Twelve agents that are declared to run in pods, how many pods each should have had by now, and what can be done to them.</summary>
internal sealed class PodWorld : IAsyncDisposable
{
    private const int LostAtOnce = 3;

    // A tmux can die when its first control client comes just as whoever started it leaves; then its pod is rightly made anew.
    private const int DeadServers = 3;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Names = [.. Enumerable.Range(0, 12).Select(number => $"agent-{number:00}")];

    private readonly ClusterNamespace _space;
    private readonly AccessScene _scene;
    private readonly string _configuration;
    private readonly Dictionary<string, int> _pods = Names.ToDictionary(name => name, _ => 1);
    private readonly HashSet<string> _lost = [];
    private readonly Queue<string> _untouched;

    private PodWorld(ClusterNamespace space, AccessScene scene, Random random)
    {
        (_space, _scene) = (space, scene);
        var shuffled = Names.ToArray();
        random.Shuffle(shuffled);
        _untouched = new Queue<string>(shuffled);
        // Each run writes itself down, and lives as long as its pod.
        _configuration = scene.Configuration(scene.ClusterKubeconfig, "gascity", more: $"""
            image = "{TestImages.Agent}"
            cpu_request = "1m"
            memory_request = "4Mi"

            """ + string.Concat(Names.Select(name => $"""

            [[agent]]
            name = "{name}"
            source = "k"
            command = "echo run >>/tmp/runs; exec cat"
            restart = "always"

            """)));
    }

    /// <summary>Declares the agents; nobody keeps them yet.</summary>
    public static async Task<PodWorld> OpenAsync(ClusterNamespace space, Random random) => new(space, await AccessScene.OpenAsync(space), random);

    /// <summary>Starts an engine that need not wait until the Lease of a dead one is over.</summary>
    public async Task<EngineProcess> StartEngineAsync()
    {
        await _space.Kubectl.RunAsync("delete", "lease", PlaceElection.LeaseName, "--ignore-not-found");
        return EngineProcess.Start(_scene.Program, _scene.Home, _scene.Environment, arguments: ["--config", _configuration]);
    }

    /// <summary>Waits until every agent has one pod, which is ready and none of those that went.</summary>
    public Task ConvergeAsync(CancellationToken cancellationToken) => UntilAsync(LateAsync, cancellationToken);

    /// <summary>Deletes some pods, some of them without a chance to say goodbye. Each suffers once, so that none is taken for one that keeps crashing.</summary>
    public async Task LoseSomeAsync()
    {
        var names = Enumerable.Range(0, LostAtOnce).Select(_ => _untouched.Dequeue()).ToList();
        var uids = await _space.Kubectl.RunAsync(["get", "pods", .. names, "-o", "jsonpath={.items[*].metadata.uid}"]);
        _lost.UnionWith(uids.Split(' '));
        names.ForEach(name => _pods[name]++);
        await Task.WhenAll(
            _space.Kubectl.RunAsync("delete", "pod", names[0], "--grace-period=0", "--force", "--wait=false"),
            _space.Kubectl.RunAsync(["delete", "pod", .. names[1..], "--grace-period=1", "--wait=false"]));
    }

    /// <summary>Fails when pods were made without a reason, by the server's own account, but for a few.</summary>
    public void AssertHardlyAnyTooMany()
    {
        var made = AuditLog.Read(_space.Cluster.Script.StateDirectory, _space.Name).Pods.Where(write => write.Verb == "create").CountBy(write => write.Name!).ToDictionary();
        Assert.Equal(Names, made.Keys.Order(StringComparer.Ordinal));
        Assert.All(Names, name => Assert.True(made[name] >= _pods[name], $"{name} had {made[name]} pods and should have had {_pods[name]}"));
        Assert.InRange(made.Values.Sum() - _pods.Values.Sum(), 0, DeadServers);
    }

    /// <summary>Waits until a program that never saw the agents says that all run, and asks each whether it is the first to run in its pod.</summary>
    public async Task SeeAllRunAsync()
    {
        await UntilAsync(
            async () => await _scene.RunAsync("--once", "--config", _configuration, "--filter", "phase:running", "-o", "count") is var once && once.Output == $"{Names.Length}\n"
                ? null
                : $"{once.Output}{once.Error}",
            CancellationToken.None);
        foreach (var name in Names)
        {
            Assert.Equal("run\n", await _space.Kubectl.ExecAsync(name, "agent", "cat", "/tmp/runs"));
        }
    }

    public async ValueTask DisposeAsync() => await _scene.DisposeAsync();

    // Until nothing is said to be wrong.
    private static async Task UntilAsync(Func<Task<string?>> look, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        while (await look() is { } wrong)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, $"waited in vain; {wrong}");
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<string?> LateAsync()
    {
        using var list = JsonDocument.Parse(await _space.Kubectl.RunAsync("get", "pods", "-o", "json"));
        var pods = list.RootElement.GetProperty("items").EnumerateArray().ToLookup(pod => pod.GetProperty("metadata").GetProperty("labels").GetProperty("gc-session").GetString()!);
        return Names.FirstOrDefault(name => pods[name].ToList() is not [var pod] || !IsWell(pod)) is { } late
            ? $"{late} should have one pod that is ready; it has {string.Join('\n', pods[late])}"
            : null;
    }

    private bool IsWell(JsonElement pod)
    {
        var metadata = pod.GetProperty("metadata");
        return !metadata.TryGetProperty("deletionTimestamp", out _)
            && !_lost.Contains(metadata.GetProperty("uid").GetString()!)
            && pod.GetProperty("status").TryGetProperty("conditions", out var conditions)
            && conditions.EnumerateArray().Any(condition => condition.GetProperty("type").GetString() == "Ready" && condition.GetProperty("status").GetString() == "True");
    }
}
