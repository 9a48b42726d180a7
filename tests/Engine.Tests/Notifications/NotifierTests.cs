using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using AgentDeck.Engine.Store;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Notifications;

public sealed class NotifierTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger _log = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _running = [];
    private bool? _isOurs = true;
    private INotificationMemory _memory = new PassingNotificationMemory();

    public Task InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_running);
        _ending.Dispose();
    }

    [Fact]
    public async Task A_transition_that_an_engine_before_told_is_not_told_again()
    {
        var (first, told) = Start();
        Fail(first, "a");
        Assert.Equal("here/a failed: Test", (await told.NextAsync()).Message);

        // The next engine sees the same run end, as it may when it was down in between, and then another one.
        var (second, again) = Start();
        Fail(second, "a");
        Fail(second, "b");

        Assert.Equal("here/b failed: Test", (await again.NextAsync()).Message);
        Assert.False(again.HasMore);
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_told_and_a_change_of_that_takes_effect_at_once()
    {
        var (store, told) = Start(new NotifySettings { On = [NotificationKind.Completed] });
        Fail(store, "a");
        store.Apply(edit => edit.Set(Ran("b", AgentPhase.Completed)));

        Assert.Equal(NotificationKind.Completed, (await told.NextAsync()).Kind);
        Assert.False(told.HasMore);
    }

    [Fact]
    public async Task A_stall_is_told_when_its_time_has_come_though_nothing_changes()
    {
        var (store, told) = Start();
        var scheduled = new TaskCompletionSource();
        _time.TimerSet += () => scheduled.TrySetResult();
        var busy = Ran("a", AgentPhase.Running, Activity.Busy);
        store.Apply(edit => edit.Set(busy with { Status = busy.Status with { LastActivity = _time.GetUtcNow() } }));
        await scheduled.Task.WaitAsync(TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(NotificationKind.Stalled, (await told.NextAsync()).Kind);
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_nobody_and_loses_the_oldest_first_with_a_line_in_the_log()
    {
        var stuck = new RecordingChannel { HeldUp = new TaskCompletionSource() };
        var (store, told) = Start(new NotifySettings(), stuck);
        Fail(store, "first");
        await stuck.NextAsync();
        await told.NextAsync();
        for (var agent = 0; agent <= NotificationOutbox.Limit; agent++)
        {
            Fail(store, $"a{agent:000}");
            await told.NextAsync();
        }

        Assert.Equal("Warning: the test for notifications does not keep up; dropped: here/a000 failed: Test", Assert.Single(_log.Entries));
        stuck.HeldUp.SetResult();
        Assert.Equal("here/a001 failed: Test", (await stuck.NextAsync()).Message);
    }

    [Fact]
    public async Task What_still_waits_at_the_end_is_told()
    {
        var slow = new RecordingChannel { HeldUp = new TaskCompletionSource() };
        var (store, told) = Start(new NotifySettings(), slow);
        Fail(store, "a");
        Fail(store, "b");
        await slow.NextAsync();
        await told.NextAsync();
        await told.NextAsync();

        await _ending.CancelAsync();
        slow.HeldUp.SetResult();

        Assert.Equal("here/b failed: Test", (await slow.NextAsync()).Message);
        await Task.WhenAll(_running).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_channel_that_hangs_at_the_end_is_given_up()
    {
        var stuck = new RecordingChannel { HeldUp = new TaskCompletionSource() };
        var (store, _) = Start(new NotifySettings(), stuck);
        Fail(store, "a");
        await stuck.NextAsync();
        var limited = new TaskCompletionSource();
        _time.TimerSet += () => limited.TrySetResult();

        await _ending.CancelAsync();
        await limited.Task.WaitAsync(TimeSpan.FromSeconds(60));
        _time.Advance(Notifier.LastWords);

        await Task.WhenAll(_running).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(stuck.HasMore);
    }

    [Fact]
    public async Task Where_another_engine_tells_the_world_only_the_own_terminal_is_told()
    {
        var own = new RecordingChannel { IsPersonal = true };
        _memory = new OthersMemory();
        var (store, told) = Start(new NotifySettings(), own);

        await AssertOnlyRingsAsync(store, own, told);
    }

    [Fact]
    public async Task What_was_seen_while_nobody_led_rings_at_once_and_is_told_the_world_by_whoever_leads_then()
    {
        var own = new RecordingChannel { IsPersonal = true };
        _isOurs = null;
        var (store, told) = Start(new NotifySettings(), own);
        Fail(store, "a");
        Assert.Equal("here/a failed: Test", (await own.NextAsync()).Message);
        Assert.False(told.HasMore);

        // Whoever comes to lead tells it in the store.
        _isOurs = true;
        store.Apply(edit => edit.SetSource(Fleet.Here with { Leader = "me" }));

        Assert.Equal("here/a failed: Test", (await told.NextAsync()).Message);
    }

    [Fact]
    public async Task What_the_leader_told_only_rings_in_other_engines()
    {
        var own = new RecordingChannel { IsPersonal = true };
        _isOurs = false;
        var (store, told) = Start(new NotifySettings(), own);

        await AssertOnlyRingsAsync(store, own, told);
    }

    [Fact]
    public async Task What_nobody_is_seen_to_tell_is_told_in_the_end_though_nothing_changes()
    {
        var waits = new TaskCompletionSource();
        _isOurs = null;
        var (store, told) = Start();
        _time.TimerSet += () => waits.TrySetResult();
        Fail(store, "a");
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(60));

        _time.Advance(UndecidedNotifications.Patience);

        Assert.Equal("here/a failed: Test", (await told.NextAsync()).Message);
    }

    private (FleetStore Store, RecordingChannel Told) Start(NotifySettings? settings = null, params RecordingChannel[] others)
    {
        var (store, told) = (new FleetStore(_time), new RecordingChannel());
        store.Apply(edit =>
        {
            edit.SetSource(Fleet.Here);
            foreach (var name in new[] { "a", "b", "first" }.Concat(Enumerable.Range(0, NotificationOutbox.Limit + 1).Select(agent => $"a{agent:000}")))
            {
                edit.Set(Ran(name, AgentPhase.Running));
            }
        });
        var notifier = new Notifier(store, [.. others, told], _memory, (_, _) => _isOurs, text => text, _time, _log) { Settings = settings ?? new NotifySettings() };
        _running.Add(notifier.RunAsync(_ending.Token));
        return (store, told);
    }

    private async Task AssertOnlyRingsAsync(FleetStore store, RecordingChannel own, RecordingChannel told)
    {
        Fail(store, "a");

        Assert.Equal("here/a failed: Test", (await own.NextAsync()).Message);
        await _ending.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(told.HasMore);
    }

    private static void Fail(FleetStore store, string name) => store.Apply(edit => edit.Set(Ran(name, AgentPhase.Failed)));

    private static Agent Ran(string name, AgentPhase phase, Activity activity = Activity.None)
    {
        var agent = Fleet.Agent(name, phase, activity);
        return agent with { Status = agent.Status with { StartedAt = Fleets.Now } };
    }

    private sealed class OthersMemory : INotificationMemory
    {
        public bool IsOurs => false;

        public ValueTask<bool> TryAddAsync(Notification notification, CancellationToken cancellationToken) => ValueTask.FromResult(true);
    }
}
