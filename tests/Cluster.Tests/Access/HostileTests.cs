using System.Text;
using System.Text.Json.Nodes;
using AgentDeck.Testing;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Access;

/// <summary>What a pod says may be anything, and nothing of it reaches the operator's terminal but letters.</summary>
[Collection(ClusterCollection.Name)]
public sealed class HostileTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>, IAsyncLifetime
{
    // The clipboard, the window's title, a reset, a question that the terminal answers by typing, a C1 control, text backwards.
    private const string Hostile = "\u001b]52;c;c3RvbGVu\u0007\u001b]0;pwned\u0007\u001bc\u001b[6n\u009b31m\u202e\u2066\r\n";
    private const string Print = @"printf '\033]52;c;c3RvbGVu\007\033]0;pwned\007\033c\033[6n\302\23331m\342\200\256\342\201\246\r\n'";

    private AccessScene _scene = null!;

    public async Task InitializeAsync() => _scene = TestCluster.WhyNot is null ? await AccessScene.OpenAsync(space) : null!;

    public async Task DisposeAsync() => await (_scene?.DisposeAsync() ?? default);

    [ClusterFact]
    public async Task Nothing_that_a_pod_says_reaches_the_terminal_as_more_than_text()
    {
        await StartAsync();
        var config = _scene.Write("agents.toml", string.Concat(new[] { ("g", "gascity"), ("o", "oddjobs") }.Select(source => $"""
            [[source]]
            name = "{source.Item1}"
            kind = "kubernetes"
            dialect = "{source.Item2}"
            kubeconfig = "{space.Cluster.Kubeconfig}"
            namespace = "{space.Name}"

            """)));

        foreach (var verb in new[] { "--once -o table", "--once -o wide", "--once -o name", "--once -o json", "--once -o jsonl", "doctor", "peek g/evil", "peek evil-log", "logs evil-log", "nudge g/evil hello", "events" })
        {
            var result = await _scene.RunAsync([.. verb.Split(' '), "--config", config]);
            Assert.True(result.Output.Length > 0, $"{verb} printed nothing: {result.Error}");
            IsHarmless(verb, result.Output + result.Error);
        }

        foreach (var (key, shown) in new[] { ("l", "lines"), ("d", "phase"), ("e", "Events") })
        {
            var seen = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(await DeckAsync(config, key, shown)));
            Assert.All(
                ["\u001b]52", "\u001b]0;pwned", "\u001bc", "\u001b[6n", "\u009b", "\u202e", "\u2066"],
                (string sequence) => Assert.DoesNotContain(sequence, seen, StringComparison.Ordinal));
        }
    }

    // All bytes that the deck sent to its terminal.
    private async Task<string> DeckAsync(string config, string key, string shown)
    {
        await using var terminal = PtyTerminal.Start(_scene.Program, ["--config", config], 140, 45, _scene.Environment);
        await terminal.WaitForAsync("o/evil-log");
        await terminal.WaitForAsync("g/evil");
        await terminal.TypeAsync(key);
        await terminal.WaitForAsync(shown);
        await terminal.CloseAsync();
        return terminal.Output;
    }

    private static void IsHarmless(string verb, string text)
    {
        var harmful = text.Where(character => (char.IsControl(character) && character != '\n') || character is '\u202e' or '\u2066').Distinct().Select(character => $"U+{(int)character:X4}");
        Assert.True(!harmful.Any(), $"{verb} printed {string.Join(' ', harmful)}:\n{text}");
        // doctor counts agents and names none.
        Assert.True(verb == "doctor" || text.Contains("evil", StringComparison.Ordinal), $"{verb} said nothing of the pods:\n{text}");
    }

    private async Task StartAsync()
    {
        await space.Kubectl.CreateAsync(PodSketches.OddJobs("evil-log", $"{Print}; echo evil log; {Print} > /dev/termination-log; exit 1"));
        var pod = PodSketches.GasCity(new GasCitySketch("evil") { IsStaged = false, Command = $"{Print}; echo evil screen; exec cat" });
        pod["metadata"]!["annotations"] = new JsonObject { ["gc-session-name"] = $"evil{Hostile}-screen", ["gc-note"] = Hostile };
        await space.Kubectl.CreateAsync(pod);
        await space.Kubectl.WaitAsync("pod/evil", "condition=Ready");
        await space.Kubectl.ExecAsync("evil", "agent", "touch", "/workspace/.gc-workspace-ready");
        await space.WaitForSessionAsync("evil", "agent", "main");
    }
}
