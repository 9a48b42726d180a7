using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Store;

public sealed class FleetStoreTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FleetStore _store;

    public FleetStoreTests()
    {
        _store = new FleetStore(_time);
    }

    [Fact]
    public void An_edit_that_changes_nothing_but_times_makes_no_version_and_wakes_nobody()
    {
        _store.Apply(edit => edit.Set(Fleet.Agent("a")));
        var before = _store.Current;

        _store.Apply(edit => edit.Set(Fleet.Agent("a") with { Status = Fleet.Agent("a").Status with { ObservedAt = _time.GetUtcNow() } }));

        Assert.Same(before, _store.Current);
    }

    [Fact]
    public void What_events_quote_is_redacted()
    {
        var store = new FleetStore(_time, text => text.Replace("hunter2", "***", StringComparison.Ordinal));
        store.Apply(edit => edit.Set(Fleet.Agent("a")));
        var asks = Fleet.Agent("a", AgentPhase.Running, Activity.Waiting);

        store.Apply(edit => edit.Set(asks with { Status = asks.Status with { ActivityReason = "password hunter2?" } }));

        Assert.Equal("password ***?", store.RecentEvents.OfType<ActivityChanged>().Last().Why);
    }

    [Fact]
    public void Each_change_makes_the_next_version_and_the_events_of_its_differences()
    {
        _store.Apply(edit => edit.SetSource(Fleet.Here));
        _store.Apply(edit => edit.Set(Fleet.Agent("a", AgentPhase.Starting)));
        _store.Apply(edit => edit.Set(Fleet.Agent("a", AgentPhase.Running, Activity.Busy)));
        _store.Apply(edit => edit.Remove(Fleet.Id("a"), "it went"));

        Assert.Equal(4, _store.Current.Version);
        var now = _time.GetUtcNow();
        Assert.Equal(
            [
                new SourceLinkChanged(1, now, "here", SourceLink.Connecting, SourceLink.Live, null),
                new AgentAppeared(2, now, Fleet.Id("a"), AgentPhase.Starting),
                new PhaseChanged(3, now, Fleet.Id("a"), AgentPhase.Starting, AgentPhase.Running, "Test"),
                new ActivityChanged(4, now, Fleet.Id("a"), Activity.None, Activity.Busy, ""),
                new AgentGone(5, now, Fleet.Id("a"), "it went"),
            ],
            _store.RecentEvents.AsEnumerable());
    }

    [Fact]
    public void A_warning_that_begins_or_ends_to_hold_is_an_event_and_one_that_goes_on_is_none()
    {
        var stuck = new Condition(ConditionTypes.Stuck, ConditionStatus.True, "PendingTooLong", "for over 5 min", default, 1);
        _store.Apply(edit => edit.Set(Fleet.Agent("a", AgentPhase.Pending)));

        _store.Apply(edit => edit.SetUpkeep(Fleet.Id("a"), new AgentUpkeep { Conditions = [stuck] }));
        _store.Apply(edit => edit.SetUpkeep(Fleet.Id("a"), new AgentUpkeep { Conditions = [stuck with { Message = "for over 6 min" }] }));
        _store.Apply(edit => edit.SetUpkeep(Fleet.Id("a"), AgentUpkeep.None));

        Assert.Equal(
            [
                new ConditionChanged(2, _time.GetUtcNow(), Fleet.Id("a"), ConditionTypes.Stuck, true, "for over 5 min"),
                new ConditionChanged(3, _time.GetUtcNow(), Fleet.Id("a"), ConditionTypes.Stuck, false, ""),
            ],
            _store.RecentEvents.Skip(1));
    }

    [Fact]
    public void An_edit_that_sets_and_removes_again_leaves_no_event()
    {
        _store.Apply(edit =>
        {
            edit.Set(Fleet.Agent("a"));
            edit.Remove(Fleet.Id("a"), "at once");
        });

        Assert.Empty(_store.RecentEvents);
    }

    [Fact]
    public async Task A_subscriber_gets_the_snapshot_of_now_and_everything_later_merged_into_one_update()
    {
        _store.Apply(edit => edit.Set(Fleet.Agent("a")));
        using var subscription = _store.Subscribe();
        for (var index = 0; index < 3; index++)
        {
            _store.Apply(edit => edit.Set(Fleet.Agent($"b{index}")));
        }

        Assert.Equal(1, subscription.Initial.Version);
        var update = await FirstAsync(subscription);
        Assert.Equal(4, update.Snapshot.Version);
        Assert.Equal([2L, 3L, 4L], update.Events.Select(happened => happened.Seq));
    }

    [Fact]
    public async Task An_update_names_the_agents_that_changed_and_no_others_whether_or_not_an_event_tells_of_it()
    {
        using var subscription = _store.Subscribe();
        _store.Apply(edit => Array.ForEach(["a", "b", "c", "d", "e"], name => edit.Set(Fleet.Agent(name))));
        await using var updates = subscription.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(5, updates.Current.Changed.Count);

        _store.Apply(edit => edit.Set(Fleet.Agent("a") with { Status = Fleet.Agent("a").Status with { Report = new AgentReport("{}", new ReportOrigin("u", "0", default)) } }));
        _store.Apply(edit => edit.Remove(Fleet.Id("b"), "it ended"));
        _store.Apply(edit => edit.Set(Fleet.Agent("c")));
        _store.Apply(edit => edit.Acknowledge(Fleet.Id("d"), new Acknowledgement("waiting", "olivia", default)));

        Assert.True(await updates.MoveNextAsync());
        Assert.Equivalent(new[] { Fleet.Id("a"), Fleet.Id("b"), Fleet.Id("d") }, updates.Current.Changed, strict: true);
        Assert.IsType<AgentGone>(Assert.Single(updates.Current.Events));
    }

    [Fact]
    public async Task A_slow_reader_loses_the_oldest_events_and_never_the_newest_snapshot()
    {
        using var subscription = _store.Subscribe();
        for (var index = 0; index < FleetStore.EventLimit + 10; index++)
        {
            _store.Apply(edit => edit.Set(Fleet.Agent($"a{index}")));
        }

        var update = await FirstAsync(subscription);

        Assert.Equal(FleetStore.EventLimit, update.Events.Length);
        Assert.Equal(FleetStore.EventLimit + 10, update.Snapshot.Agents.Count);
        Assert.Equal(FleetStore.EventLimit, _store.RecentEvents.Length);
        Assert.Equal(11, _store.RecentEvents[0].Seq);
    }

    [Fact]
    public async Task A_disposed_subscription_ends_its_reader()
    {
        var subscription = _store.Subscribe();
        subscription.Dispose();

        await foreach (var update in subscription.ReadAllAsync(CancellationToken.None))
        {
            Assert.Fail($"version {update.Snapshot.Version} came after the end");
        }
    }

    [Fact]
    public async Task Writers_on_many_threads_lose_nothing_and_readers_see_versions_only_grow()
    {
        using var subscription = _store.Subscribe();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var index = 0; index < 50; index++)
            {
                _store.Apply(edit => edit.Set(Fleet.Agent($"{writer}-{index}")));
            }
        }));
        var seen = 0L;
        var events = 0;
        var writing = Task.WhenAll(writers);
        await foreach (var update in subscription.ReadAllAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token))
        {
            Assert.True(update.Snapshot.Version > seen);
            seen = update.Snapshot.Version;
            events += update.Events.Length;
            if (seen == 400)
            {
                break;
            }
        }

        await writing;
        Assert.Equal(400, events);
    }

    [Fact]
    public void Arranged_sources_keep_what_is_known_and_lose_the_agents_of_those_that_left()
    {
        _store.Apply(edit =>
        {
            edit.SetSource(Fleet.Here);
            edit.Set(Fleet.Agent("a"));
        });

        _store.Apply(edit => edit.ArrangeSources([new SourceStatus("other", "local", SourceLink.Connecting, null, null), Fleet.Here with { Link = SourceLink.Connecting }]));
        Assert.Equal(SourceLink.Live, _store.Current.Sources[1].Link);
        Assert.Single(_store.Current.Agents);

        _store.Apply(edit => edit.ArrangeSources([new SourceStatus("other", "local", SourceLink.Connecting, null, null)]));
        Assert.Empty(_store.Current.Agents);
        Assert.IsType<AgentGone>(_store.RecentEvents[^1]);
    }

    private static async Task<FleetUpdate> FirstAsync(IFleetSubscription subscription)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (var update in subscription.ReadAllAsync(deadline.Token))
        {
            return update;
        }

        throw new InvalidOperationException("the subscription ended");
    }
}
