using System.Globalization;
using AgentDeck.Cluster.Tests.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing.Cluster;
using Xunit.Abstractions;

namespace AgentDeck.Cluster.Tests.Faults;

/// <summary>A deck on agents of a Gas City that run, the first of them on screen, and the record of what it shows from then on.</summary>
internal sealed class FaultScene : IAsyncDisposable
{
    private const string FirstScreen = "here before it";

    private readonly string _shown;

    private readonly ClusterNamespace _space;

    private FaultScene(ClusterNamespace space, ClusterDeck deck, string shown, FleetHistory history)
    {
        (_space, Deck, _shown, History) = (space, deck, shown, history);
    }

    public ClusterDeck Deck { get; }

    public FleetHistory History { get; }

    /// <summary>How long things stay broken: longer than what notices it. By hand a minute, which outlasts every wait there is.</summary>
    private static TimeSpan Outage { get; } =
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("AGENTDECK_TEST_OUTAGE") ?? "12", CultureInfo.InvariantCulture));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Starts the pods and the deck, and waits until it shows all of them.</summary>
    /// <param name="space">Where the pods are.</param>
    /// <param name="output">Takes how long things took.</param>
    /// <param name="proxy">What the deck reaches the API server through; null for nothing.</param>
    /// <param name="agents">The names of the agents; the first is on screen.</param>
    public static async Task<FaultScene> OpenAsync(ClusterNamespace space, ITestOutputHelper output, CuttingProxy? proxy, params string[] agents)
    {
        await Task.WhenAll(agents.Select(agent => space.StartGasCityAsync(Sketch(agent))));
        var deck = ClusterDeck.Open(space, "gascity", spec => spec with { Kubeconfig = proxy?.Kubeconfig ?? spec.Kubeconfig });
        foreach (var agent in agents)
        {
            await deck.SeeAsync($"k/{agent}", status => status is { Phase: AgentPhase.Running, Activity: not Activity.None });
        }

        await deck.SeePaneAsync($"k/{agents[0]}", FirstScreen);
        return new FaultScene(space, deck, agents[0], new FleetHistory(deck.Store, output));
    }

    public static GasCitySketch Sketch(string agent) => new(agent) { IsStaged = false, Command = $"echo {FirstScreen}; exec bash --norc" };

    public static AgentId IdOf(string agent) => new("k", "", agent);

    public string UidOf(string agent) => Deck.Fleet.Agents[IdOf(agent)].Status.Pod!.Uid;

    /// <summary>
    /// Breaks something and mends it. In between the agents are shown as old and the last screen stays; afterwards they are shown
    /// as current without any help.
    /// </summary>
    /// <param name="breaks">Breaks it.</param>
    /// <param name="mends">Mends it; the measuring begins when it is done.</param>
    /// <param name="agents">Those who must live through it.</param>
    public async Task SufferAsync(Func<Task> breaks, Func<Task> mends, params string[] agents)
    {
        var ids = agents.Select(IdOf).ToArray();
        var uids = agents.Select(UidOf).ToArray();
        var broken = Now;
        await breaks();
        await History.SeeOldAsync(broken, ids);
        var rest = broken + Outage - Now;
        await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, TimeProvider.System);
        Assert.All(ids, id => Assert.False(FleetHistory.IsCurrent(Deck.Fleet, Deck.Fleet.Agents[id])));
        Assert.Contains(FirstScreen, Deck.LastPane($"k/{_shown}"), StringComparison.Ordinal);

        await mends();
        await History.SeeCurrentAsync(Now, ids);
        foreach (var (id, uid) in ids.Zip(uids))
        {
            History.AssertAlwaysRan(id, uid);
            History.AssertAgeOnlyGrew(id);
        }

        await AssertWorksAsync();
    }

    /// <summary>The agent on screen takes what is said to it and shows what comes of it.</summary>
    public async Task AssertWorksAsync()
    {
        Assert.Equal("delivered", (await Deck.DoAsync($"k/{_shown}", new SessionCommand.Nudge("echo back $((6*7))", Force: true))).Message);
        await Deck.SeePaneAsync($"k/{_shown}", "back 42");
    }

    public async ValueTask DisposeAsync()
    {
        await History.DisposeAsync();
        await Deck.DisposeAsync();
        await _space.Kubectl.RunAsync("delete", "pods", "--all", "--grace-period=0", "--force", "--wait=false");
    }
}
