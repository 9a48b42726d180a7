using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tests.Sources.Pods;
using AgentDeck.Engine.Tests.Tmux;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Sources;

/// <summary>A server whose tmux is too old for a stream is looked at again and again.</summary>
public sealed class LocalSourceOldTmuxTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly OldTmux _old = new();
    private readonly FleetStore _store;

    public LocalSourceOldTmuxTests()
    {
        _store = new FleetStore(_time);
    }

    [Fact]
    public async Task Its_sessions_are_shown_with_where_that_comes_from_and_their_coming_and_going_is_noticed()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("clock", "echo tick; exec cat");
        await FollowAsync(tmux, async source =>
        {
            var agent = await SeeAsync(tmux, "clock", agent => agent.Status.LastLine == "tick");
            Assert.Equal(AgentPhase.Running, agent!.Status.Phase);
            Assert.Contains("(older than 3.2: looked at every 10 to 30 s)", agent.Status.Origin, StringComparison.Ordinal);
            Assert.Equal(SourceLink.Live, Assert.Single(_store.Current.Sources).Link);

            await tmux.StartAsync("late", "exec cat");
            await SeeAsync(tmux, "late", agent => agent.Status.Phase == AgentPhase.Running);
            await tmux.RunAsync("kill-session", "-t", "=clock");
            await SeeGoneAsync(tmux, "clock");
            await tmux.RunAsync("kill-server");
            await SeeGoneAsync(tmux, "late");
            await tmux.StartAsync("anew", "exec cat");
            await SeeAsync(tmux, "anew", agent => agent.Status.Phase == AgentPhase.Running);
        });
    }

    [Fact]
    public async Task Its_sessions_are_operated_and_seen_on_screen()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("clock", "echo tick; exec cat");
        await FollowAsync(tmux, async source =>
        {
            var agent = (await SeeAsync(tmux, "clock", agent => agent.Status.Phase == AgentPhase.Running))!;
            var session = source.FindSession(agent.Id)!;
            await using var watch = await session.WatchAsync(CancellationToken.None);
            await using var captures = watch.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
            Assert.True(await captures.MoveNextAsync());

            await session.PressAsync([new AgentKey("news", IsLiteral: true), new AgentKey("Enter", IsLiteral: false)], CancellationToken.None);

            await PaneReading.SeeAsync(captures, "news\nnews", _time);
        });
    }

    [Fact]
    public async Task Lists_of_idle_sessions_grow_rare()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("clock", "exec cat");
        await FollowAsync(tmux, async source =>
        {
            await tmux.WaitAsync(() => Task.FromResult(Find("clock")?.Status.Activity), activity => Pass(activity == Activity.Idle), "idleness");
            var before = Lists();
            for (var second = 0; second < 600; second++)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await tmux.WaitAsync(() => Task.FromResult(_time.PendingTimers), timers => timers > 0, "the next wait");
            }

            Assert.InRange(Lists() - before, 5, 22);
        });
    }

    private int Lists() => _old.Run.Count(command => command.Arguments.Contains(AgentDeck.Engine.Tmux.TmuxSessionList.Format));

    private Agent? Find(string name) => _store.Current.Agents.GetValueOrDefault(Fleet.Id(name));

    private bool Pass(bool isExpected)
    {
        if (!isExpected)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        return isExpected;
    }

    private Task<Agent?> SeeAsync(TmuxFixture tmux, string name, Func<Agent, bool> isExpected) =>
        tmux.WaitAsync(() => Task.FromResult(Find(name)), agent => Pass(agent is not null && isExpected(agent)), name);

    private Task<Agent?> SeeGoneAsync(TmuxFixture tmux, string name) =>
        tmux.WaitAsync(() => Task.FromResult(Find(name)), agent => Pass(agent is null), $"the end of {name}");

    private async Task FollowAsync(TmuxFixture tmux, Func<LocalSource, Task> test)
    {
        await using var source = new LocalSource(new LocalSourceSpec("here", tmux.Socket), _store, _ => null, _old, _old, new DetectionInForce(), _time, () => 1, NullLogger<LocalSource>.Instance);
        using var end = new CancellationTokenSource();
        var running = source.RunAsync(end.Token);
        await source.FirstAnswer;
        await test(source);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
