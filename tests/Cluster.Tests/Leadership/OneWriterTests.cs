using AgentDeck.Cluster.Tests.Access;
using AgentDeck.Engine.Leadership;
using AgentDeck.Testing;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Leadership;

/// <summary>Two engines as processes with users of their own, and what the API server says of who wrote when.</summary>
[Collection(ClusterCollection.Name)]
public sealed class OneWriterTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    [ClusterFaultFact]
    public async Task Of_two_engines_only_the_leader_ever_writes_though_one_is_frozen_in_the_midst_of_a_start_and_the_other_is_killed()
    {
        await using var scene = await AccessScene.OpenAsync(space);
        await using var one = await StartAsync(scene, "one");
        await Task.WhenAll(one.SeeStartAsync("k/a"), one.SeeStartAsync("k/b"));
        var first = await HolderAsync();
        await using var two = await StartAsync(scene, "two");
        await two.SeeLeaderAsync(first);

        // Its pod is there again, and the start of what is in it goes on.
        await two.SeeRunAsync("k/a");
        await LoseAsync("a");
        await one.SignalAsync("STOP");
        await space.Kubectl.SeeAsync(result => result.Output.Length > 0 && result.Output != first, "another leads", LeaseQuery("holderIdentity"));
        var second = await HolderAsync();
        await two.SeeLeaderAsync(second);
        await two.SeeRunAsync("k/a", times: 2);

        // It goes on where it was, and must see that its term is over.
        await one.SignalAsync("CONT");
        await one.SeeLeaderAsync(second);
        await LoseAsync("b");
        await two.SeeStartAsync("k/b");

        await two.SignalAsync("KILL");
        await one.SeeLeaderAsync(first, times: 2);
        await LoseAsync("a");

        await one.SignalAsync("TERM");
        await one.EndedAsync();
        Assert.Equal(0, one.ExitCode);
        var pods = await space.Kubectl.RunAsync("get", "pods", "-o", "jsonpath={.items[*].metadata.name}");
        Assert.Equal("a b", pods);
        var log = AuditLog.Read(space.Cluster.Script.StateDirectory, space.Name);
        Assert.Equal(["one", "two", "one"], log.Holders());
        Assert.Equal("2", await space.Kubectl.RunAsync(LeaseQuery("leaseTransitions")));
        log.AssertOneWriter(["one", "two"], LeaseTimes.Default.Duration);
        AssertTakenOnlyWhenOver(log);
        Assert.Contains(log.Pods, write => write is { User: "one", Verb: "create" });
        Assert.Contains(log.Pods, write => write is { User: "two", Verb: "create" });
    }

    // By the Lease's own times: the one before had not renewed it for as long as it had promised to hold it.
    private static void AssertTakenOnlyWhenOver(AuditLog log)
    {
        foreach (var (lease, next) in log.Leases.Zip(log.Leases.Skip(1)))
        {
            if (lease.Holder is not null && next.User != lease.User)
            {
                Assert.True(next.RenewedAt - lease.RenewedAt >= LeaseTimes.Default.Duration, $"{next} came before {lease} was over");
            }
        }
    }

    private async Task<EngineProcess> StartAsync(AccessScene scene, string name)
    {
        var token = await scene.TokenAsync(name, name);
        await scene.AllowAsync(name, "gascity");
        // What allows the one to do what it does is bound by the same name for the other.
        await space.Kubectl.RunAsync("create", "rolebinding", $"agentdeck-{name}", "--role=agentdeck", $"--serviceaccount={space.Name}:{name}");
        await space.Kubectl.RunAsync("create", "role", $"leader-{name}", "--verb=get,create,patch", "--resource=leases.coordination.k8s.io");
        await space.Kubectl.RunAsync("create", "rolebinding", $"leader-{name}", $"--role=leader-{name}", $"--serviceaccount={space.Name}:{name}");
        var configuration = scene.Configuration(scene.Kubeconfig($"token: {token}"), "gascity", more: $"""
            image = "{TestImages.Agent}"
            cpu_request = "1m"
            memory_request = "4Mi"

            [[agent]]
            name = "a"
            source = "k"
            command = "exec cat"
            restart = "always"

            [[agent]]
            name = "b"
            source = "k"
            command = "exec cat"
            restart = "always"
            """);
        var home = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(configuration)!, name)).FullName;
        return EngineProcess.Start(scene.Program, home, scene.Environment.SetItem("HOME", home), arguments: ["--config", configuration]);
    }

    private static string[] LeaseQuery(string field) => ["get", "lease", PlaceElection.LeaseName, "-o", $"jsonpath={{.spec.{field}}}"];

    private Task<string> HolderAsync() => space.Kubectl.RunAsync(LeaseQuery("holderIdentity"));

    // Deletes a pod behind the engines' backs and waits until one of them has made it anew.
    private async Task LoseAsync(string pod)
    {
        string[] uid = ["get", "pod", pod, "--ignore-not-found", "-o", "jsonpath={.metadata.uid}"];
        var before = await space.Kubectl.RunAsync(uid);
        await space.Kubectl.DeleteAsync($"pod/{pod}");
        await space.Kubectl.SeeAsync(result => result.Output.Length > 0 && result.Output != before, $"{pod} is made anew", uid);
    }
}
