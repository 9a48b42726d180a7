using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Store;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>A source of pods on a cluster in memory whose containers are boxes on this machine, with a clock that moves only when told to.</summary>
internal sealed class PodHarness : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    private PodHarness(int maxStreams, SourceDepth depth)
    {
        var spec = new KubernetesSourceSpec("k", "plain") { MaxStreams = maxStreams };
        var settings = new PodSourceSettings(spec, new PlainDialect(), new DialectLayout("", "agent", "main"));
        Store = new FleetStore(Time);
        Source = new KubernetesSource(settings, () => Api, Store, depth, Time, () => 1, NullLogger<KubernetesSource>.Instance);
        _running = Source.RunAsync(_ending.Token);
    }

    public FakeTimeProvider Time { get; } = new();

    public BoxApi Api { get; } = new();

    public FleetStore Store { get; }

    public KubernetesSource Source { get; }

    public List<Box> Boxes { get; } = [];

    public int OpenStreams => Boxes.Sum(box => box.OpenStreams);

    public int StreamsOpened => Boxes.Sum(box => box.StreamsOpened);

    public int Commands => Boxes.Sum(box => box.Commands);

    public static PodHarness Start(int maxStreams = KubernetesSourceSpec.DefaultMaxStreams, SourceDepth depth = SourceDepth.Follow) => new(maxStreams, depth);

    public static AgentId Id(string pod) => new("k", "", pod);

    public static Condition? Stream(Agent agent) => agent.Status.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.StreamConnected);

    public Box AddBox(bool isOld = false)
    {
        var box = new Box { IsOld = isOld };
        Boxes.Add(box);
        return box;
    }

    /// <summary>Starts a session that first prints the pod's name, in a box of its own, and waits until it is seen.</summary>
    public async Task<Box> RunAsync(string pod, bool isOld = false)
    {
        var box = AddBox(isOld);
        await box.StartSessionAsync(pod);
        Api.Run(pod, box);
        await SeeAsync(pod, agent => agent.Status.Phase == AgentPhase.Running && agent.Status.LastLine == pod);
        return box;
    }

    public IAgentSession Session(string pod) => Source.FindSession(Id(pod))!;

    public Agent? Find(string pod) => Store.Current.Agents.GetValueOrDefault(Id(pod));

    public Task<Agent> SeeAsync(string pod, AgentPhase phase) => SeeAsync(pod, agent => agent.Status.Phase == phase);

    public async Task<Agent> SeeAsync(string pod, Func<Agent, bool> isExpected)
    {
        await UntilAsync(() => Find(pod) is { } agent && isExpected(agent));
        return Find(pod)!;
    }

    /// <summary>Waits until something holds, while time passes a little at each look if that is asked for.</summary>
    public async Task UntilAsync(Func<bool> holds, TimeSpan passing = default)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!holds())
        {
            Time.Advance(passing);
            Assert.False(deadline.IsCancellationRequested, $"waited in vain; the fleet is:\n{string.Join('\n', Store.Current.Agents.Values.Select(agent => $"{agent.Id}: {agent.Status} {Stream(agent)}"))}");
            await looks.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await Source.DisposeAsync();
        _ending.Dispose();
        // A stream that was given up while it was being opened closes once its client was answered.
        using var deadline = new CancellationTokenSource(Deadline);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (OpenStreams > 0 && !deadline.IsCancellationRequested)
        {
            await looks.WaitForNextTickAsync();
        }

        var (open, leftBehind) = (OpenStreams, Boxes.Sum(box => box.LeftBehind));
        foreach (var box in Boxes)
        {
            await box.DisposeAsync();
        }

        Assert.Equal((0, 0), (open, leftBehind));
    }
}
