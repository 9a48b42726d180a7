using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Reconciliation;

/// <summary>With a journal on the real disk.</summary>
public sealed class JournalScribeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-scribe").FullName;
    private readonly FleetStore _store = new(TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_only_told_of_an_agent_goes_with_it_also_when_it_went_while_nobody_looked()
    {
        await using var journal = Open();
        foreach (var name in new[] { "here", "goes", "went", "kept" })
        {
            journal.Record(Fleet.Id(name), record => record with { Notified = ["x"], Upkeep = new AgentUpkeep { Restarts = name == "kept" ? 1 : 0 } });
        }

        await ScribeAsync(journal, () =>
        {
            _store.Apply(edit =>
            {
                edit.SetSource(Fleet.Here);
                edit.Set(Fleet.Agent("here"));
                edit.Set(Fleet.Agent("goes"));
            });
            _store.Apply(edit => edit.Remove(Fleet.Id("goes"), "it ended"));
        });

        Assert.Equal(["here", "kept"], journal.Current.Agents.Keys.Select(id => id.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_an_engine_that_may_not_write_only_what_operators_did_is_handed_over()
    {
        await using var writing = Open();
        await using var looking = Open();

        await ScribeAsync(looking, () => _store.Apply(edit =>
        {
            edit.Set(Fleet.Agent("a"));
            edit.Record((seq, at) => new OperationFinished(seq, at, Fleet.Id("a"), "eve", "nudge: go on", OperationOutcome.Succeeded, ""));
        }));

        var (_, handed) = Assert.Single(new JournalInbox(_folder).Read());
        Assert.Equal("eve", Assert.IsType<OperationFinished>(handed.What).Operator);
        Assert.Empty(writing.Current.Events);
    }

    [Fact]
    public async Task What_was_handed_over_is_taken_in_once_though_an_engine_was_killed_in_the_midst_of_it()
    {
        var handed = JournalledEvent.Of(new OperationFinished(7, DateTimeOffset.UnixEpoch, Fleet.Id("a"), "eve", "nudge: go on", OperationOutcome.Succeeded, ""));
        await using var journal = Open();
        journal.RecordEvent(handed);
        var inbox = new JournalInbox(_folder);
        inbox.Put(handed);
        Assert.Single(new FleetHistory(_folder, TimeProvider.System).Read());

        using var ending = new CancellationTokenSource();
        var scribing = new JournalScribe(_store, journal, inbox).RunAsync(ending.Token);
        var other = JournalledEvent.Of(new OperationFinished(8, DateTimeOffset.UnixEpoch, Fleet.Id("a"), "eve", "stop", OperationOutcome.Succeeded, ""));
        using var updates = _store.Subscribe();
        inbox.Put(other);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var next = updates.ReadAllAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        if (_store.RecentEvents.IsEmpty)
        {
            Assert.True(await next.MoveNextAsync());
        }

        await ending.CancelAsync();
        await scribing;

        Assert.Empty(inbox.Read());
        Assert.Equal([handed.What, other.What], journal.Current.Events.Select(happened => happened.What));
    }

    [Fact]
    public async Task What_agents_wrote_of_themselves_is_kept_from_before_it_begins_and_with_every_change()
    {
        await using var journal = Open();
        WriteOfItself("before", "first");
        using var ending = new CancellationTokenSource();
        var scribing = new JournalScribe(_store, journal, new JournalInbox(_folder)).RunAsync(ending.Token);
        await SeeAsync("before", "first");

        WriteOfItself("during", "first");
        await SeeAsync("during", "first");
        _store.Apply(edit => edit.Set(Fleet.Agent("silent")));
        WriteOfItself("during", "second");
        WriteOfItself("before", "second");
        await SeeAsync("during", "second");
        await SeeAsync("before", "second");

        await ending.CancelAsync();
        await scribing;

        async Task SeeAsync(string agent, string content)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (journal.Current.Agents.GetValueOrDefault(Fleet.Id(agent))?.AgentInfo != content)
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
    }

    private void WriteOfItself(string name, string content)
    {
        var agent = Fleet.Agent(name);
        var report = new AgentReport(content, new ReportOrigin("u-1", "0", DateTimeOffset.UnixEpoch));
        _store.Apply(edit => edit.Set(agent with { Status = agent.Status with { Report = report } }));
    }

    private async Task ScribeAsync(FileJournal journal, Action happen)
    {
        using var ending = new CancellationTokenSource();
        var scribing = new JournalScribe(_store, journal, new JournalInbox(_folder)).RunAsync(ending.Token);
        happen();
        await ending.CancelAsync();
        await scribing;
    }

    private FileJournal Open() => FileJournal.Open(_folder, "test", TimeProvider.System, () => 1, NullLogger.Instance);
}
