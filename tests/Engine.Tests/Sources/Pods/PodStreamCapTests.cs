using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Sources.Pods;

/// <summary>What many pods cost, and who gets a stream when there are not enough.</summary>
public sealed class PodStreamCapTests
{
    // Per look: so much slower than the deadlines of commands that these are kept on a busy machine.
    private static readonly TimeSpan Passing = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Beyond_the_cap_pods_are_looked_at_and_one_on_screen_takes_the_stream_of_one_that_is_not()
    {
        await using var pods = PodHarness.Start(maxStreams: 2);
        await RunAsync(pods, 4);
        await pods.UntilAsync(() => pods.OpenStreams == 2, Passing);
        var beyond = pods.Boxes.FindAll(box => box.OpenStreams == 0);
        Assert.All(beyond, box => Assert.Equal("LookedAtIntervals", PodHarness.Stream(pods.Find(NameOf(pods, box))!)!.Reason));

        var watches = new List<IPaneWatch>();
        foreach (var box in beyond)
        {
            watches.Add(await pods.Session(NameOf(pods, box)).WatchAsync(CancellationToken.None));
            await pods.UntilAsync(() => box.OpenStreams == 1 && pods.OpenStreams == 2);
        }

        // All slots are now taken by pods on screen: a third is looked at, and takes none of theirs.
        var third = pods.Boxes.First(box => !beyond.Contains(box));
        var watch = await pods.Session(NameOf(pods, third)).WatchAsync(CancellationToken.None);
        await using (var captures = watch.ReadAsync(CancellationToken.None).GetAsyncEnumerator())
        {
            Assert.True(await captures.MoveNextAsync());
            await third.TmuxAsync("send-keys", "-t", "=main:", "news", "Enter");
            await PaneReading.SeeAsync(captures, "news", pods.Time);
        }

        Assert.Equal([0, 1, 1], [third.OpenStreams, .. beyond.Select(box => box.OpenStreams)]);

        // The one that was shown first leaves the screen, and what comes on screen next gets its stream.
        await watches[0].DisposeAsync();
        await watch.DisposeAsync();
        watch = await pods.Session(NameOf(pods, third)).WatchAsync(CancellationToken.None);
        await pods.UntilAsync(() => third.OpenStreams == 1 && pods.OpenStreams == 2);
        Assert.Equal(0, beyond[0].OpenStreams);
        await watch.DisposeAsync();
        await watches[1].DisposeAsync();
    }

    [Fact]
    public async Task A_pod_without_a_stream_is_operated_by_commands_of_their_own()
    {
        await using var pods = PodHarness.Start(maxStreams: 0);
        await RunAsync(pods, 1);

        var pressed = await pods.Session("p0").PressAsync([new AgentKey("a;", IsLiteral: true), new AgentKey("Enter", IsLiteral: false)], CancellationToken.None);
        var pasted = await pods.Session("p0").PasteAsync("two\nlines;", CancellationToken.None);

        Assert.Equal((OperationOutcome.Succeeded, OperationOutcome.Succeeded), (pressed.Outcome, pasted.Outcome));
        await pods.Boxes[0].SeeAsync("p0\na;\na;\n", "two\nlines;");
        Assert.Equal(0, pods.Boxes[0].StreamsOpened);
    }

    [Fact]
    public async Task A_tmux_too_old_for_streams_is_looked_at_and_operated_all_the_same()
    {
        await using var pods = PodHarness.Start();
        await pods.RunAsync("p0", isOld: true);
        await using var watch = await pods.Session("p0").WatchAsync(CancellationToken.None);
        await using var captures = watch.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await captures.MoveNextAsync());

        await pods.Session("p0").PressAsync([new AgentKey("news", IsLiteral: true), new AgentKey("Enter", IsLiteral: false)], CancellationToken.None);
        await PaneReading.SeeAsync(captures, "news\nnews", pods.Time);

        await pods.UntilAsync(() => pods.Find("p0")!.Status.LastLine == "news", Passing);
        Assert.Equal("LookedAtIntervals", PodHarness.Stream(pods.Find("p0")!)!.Reason);
        Assert.Equal(0, pods.Boxes[0].OpenStreams);
    }

    [Fact]
    public async Task Looks_at_an_idle_pod_grow_rare()
    {
        await using var pods = PodHarness.Start(maxStreams: 0);
        await RunAsync(pods, 1);
        var box = pods.Boxes[0];

        // While a look is under way its deadlines are what is due next, and sooner.
        foreach (var pause in new[] { 10, 20, 30, 30, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)))
        {
            await pods.UntilAsync(() => pods.Time.UntilNextTimer == pause && box.RunningCommands == 0);
            var before = box.Commands;
            pods.Time.Advance(pause);
            await pods.UntilAsync(() => box.Commands > before);
        }
    }

    [Fact]
    public async Task Where_only_the_list_is_asked_for_one_agent_can_be_looked_at_and_is_followed_from_then_on()
    {
        await using var pods = PodHarness.Start(depth: SourceDepth.ListOnly);
        foreach (var name in new[] { "p0", "p1" })
        {
            var box = pods.AddBox();
            await box.StartSessionAsync(name);
            pods.Api.Run(name, box);
        }

        await pods.UntilAsync(() => pods.Store.Current.Agents.Count == 2);
        Assert.Equal((0, 0), (pods.StreamsOpened, pods.Commands));

        await pods.Source.ReachAsync(PodHarness.Id("p1"), CancellationToken.None);
        Assert.Equal((AgentPhase.Running, "p1"), (pods.Find("p1")!.Status.Phase, pods.Find("p1")!.Status.LastLine));
        Assert.Equal((1, 0), (pods.Boxes[1].StreamsOpened, pods.Boxes[1].Commands));
        pods.Api.Run("p1", pods.Boxes[1], restarts: 1);
        await pods.UntilAsync(() => pods.Boxes[1].StreamsOpened == 2);

        Assert.Equal((AgentPhase.Unknown, 0, 0), (pods.Find("p0")!.Status.Phase, pods.Boxes[0].StreamsOpened, pods.Boxes[0].Commands));
    }

    [Fact]
    public async Task Streams_are_opened_16_at_a_time()
    {
        await using var pods = PodHarness.Start();
        var stalled = new NoAnswer();

        for (var index = 0; index < 40; index++)
        {
            pods.Api.Run($"p{index}", stalled);
        }

        await pods.UntilAsync(() => stalled.Waiting == 16 && pods.Store.Current.Agents.Count == 40);
        Assert.Equal(16, pods.Api.MostAtOnce);
    }

    [Fact]
    public async Task Idle_agents_cost_no_command_and_no_request_however_long()
    {
        await using var pods = PodHarness.Start();
        await RunAsync(pods, 6);
        await pods.UntilAsync(() => pods.Store.Current.Agents.Values.All(agent => agent.Status.Activity == Activity.Idle), Passing);
        var (requests, opened, commands, version) = (pods.Api.Requests, pods.StreamsOpened, pods.Commands, pods.Store.Current.Version);

        for (var minute = 0; minute < 30; minute++)
        {
            pods.Time.Advance(TimeSpan.FromMinutes(1));
        }

        // Time passed for the source, too: it hears of another pod.
        pods.Api.Run("news", pods.Boxes[0]);
        await pods.SeeAsync("news", AgentPhase.Running);
        Assert.Equal((requests, opened + 1, commands), (pods.Api.Requests, pods.StreamsOpened, pods.Commands));
        Assert.InRange(pods.Store.Current.Version - version, 1, 10);
    }

    private static string NameOf(PodHarness pods, Box box) => $"p{pods.Boxes.IndexOf(box)}";

    private static async Task RunAsync(PodHarness pods, int count)
    {
        for (var index = 0; index < count; index++)
        {
            await pods.RunAsync($"p{index}");
        }
    }

    /// <summary>Takes every command and answers none.</summary>
    private sealed class NoAnswer : IAgentTransport
    {
        private int _waiting;

        public int Waiting => Volatile.Read(ref _waiting);

        public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }

            throw new TransportException(TransportFault.Unreachable, "nobody answers");
        }
    }
}
