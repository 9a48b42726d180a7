using System.Reflection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Journal;

public sealed class JournalledEventTests : IDisposable
{
    private static readonly AgentId Agent = Memory.Agent("a\n\e[31m");

    private static readonly FleetEvent[] Every =
    [
        new AgentAppeared(1, Fleets.Now, Agent, AgentPhase.Running),
        new AgentGone(2, Fleets.Now, Agent, "it ended"),
        new PhaseChanged(3, Fleets.Now, Agent, AgentPhase.Running, AgentPhase.Failed, "ExitCode"),
        new ActivityChanged(4, Fleets.Now, Agent, Activity.Busy, Activity.Waiting, "rule: ❯"),
        new ConditionChanged(5, Fleets.Now, Agent, ConditionTypes.Stuck, true, "for long"),
        new AgentQuarantined(6, Fleets.Now, Agent, Fleets.Now.AddMinutes(5), "too often"),
        new AgentQuarantined(6, Fleets.Now, Agent, null, ""),
        new OperationFinished(7, Fleets.Now, Agent, "eve", "nudge: go on", OperationOutcome.Partial, "typed"),
        new OperationFinished(7, Fleets.Now, Agent, "eve", "stop", OperationOutcome.Succeeded, "stopped") { Asked = RequestKind.Stop },
        new SourceLinkChanged(8, Fleets.Now, "gc", SourceLink.Live, SourceLink.Stale, null),
        new SourceLinkChanged(8, Fleets.Now, "gc", SourceLink.Stale, SourceLink.Unreachable, "no route"),
        new ConfigurationReloaded(9, Fleets.Now, 2),
        new KeeperChanged(10, Fleets.Now, "agentdeck 1 (process 2 on h)"),
        new LeaderChanged(11, Fleets.Now, "gc", null, "one"),
        new LeaderChanged(12, Fleets.Now, "gc", "one", null),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-events").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_event_is_read_as_it_was_written()
    {
        await using (var journal = Open())
        {
            Array.ForEach(Every, happened => journal.RecordEvent(JournalledEvent.Of(happened)));
        }

        await using var again = Open();
        Assert.Equal(Every, again.Current.Events.Select(happened => happened.What!));
        Assert.Equal(2, again.Current.Events.Count(happened => happened.By == "eve"));
        Assert.Empty(again.Current.Foreign);
    }

    [Fact]
    public void No_event_is_missing_here()
    {
        var kinds = typeof(FleetEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(FleetEvent)));

        Assert.Equal(kinds.ToHashSet(), Every.Select(happened => happened.GetType()).ToHashSet());
        Assert.Equal(kinds.Count(), typeof(FleetEvent).GetCustomAttributes<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Count());
    }

    [Fact]
    public async Task Whoever_reads_along_sees_each_event_once_across_snapshots_and_restarts()
    {
        var tail = new JournalTail(Path.Combine(_folder, JournalLog.FileName), 0);
        Assert.Empty(tail.Read());
        var seen = new List<string>();
        for (var life = 0; life < 3; life++)
        {
            await using var journal = Open();
            for (var number = 0; number < 13; number++)
            {
                journal.RecordEvent(Memory.Happened($"{life}.{number}"));
                await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None);
                if (number % 3 == life)
                {
                    seen.AddRange(tail.Read().Select(happened => happened.Text));
                }
            }
        }

        seen.AddRange(tail.Read().Select(happened => happened.Text));
        Assert.Equal(Enumerable.Range(0, 3 * 13).Select(number => $"{number / 13}.{number % 13}"), seen);
    }

    [Fact]
    public async Task A_line_that_is_still_being_written_is_read_when_it_is_whole()
    {
        await Open().DisposeAsync();
        var path = Path.Combine(_folder, JournalLog.FileName);
        var header = JournalFormat.Write(new JournalLine(0, default, JournalLine.HeaderKind) { Format = 1, Lines = 0 });
        var line = JournalFormat.Write(JournalLine.Of(Memory.Happened("whole") with { Seq = 1 }));
        var tail = new JournalTail(path, 0);
        await File.WriteAllBytesAsync(path, [.. header, .. line[..20]]);
        Assert.Empty(tail.Read());

        await File.AppendAllBytesAsync(path, line[20..]);

        Assert.Equal(["whole"], tail.Read().Select(happened => happened.Text));
        Assert.Empty(tail.Read());
    }

    [Fact]
    public async Task History_is_followed_while_an_engine_writes_it()
    {
        var history = new FleetHistory(_folder, TimeProvider.System);
        Assert.False(history.IsKept);
        await using var journal = Open();
        journal.RecordEvent(JournalledEvent.Of(Every[0]));
        Assert.True(await journal.FlushAsync(CancellationToken.None));
        Assert.True(history.IsKept);
        var past = Assert.Single(history.Read());
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var following = history.FollowAsync(past.Seq, deadline.Token).GetAsyncEnumerator(deadline.Token);
        var next = following.MoveNextAsync();

        journal.RecordEvent(JournalledEvent.Of(Every[2]));

        Assert.True(await next);
        Assert.IsType<PhaseChanged>(following.Current);
    }

    [Fact]
    public void What_waits_in_the_inbox_is_history_too_and_bounded()
    {
        var inbox = new JournalInbox(_folder);
        for (var number = 0; number < JournalInbox.Limit + 3; number++)
        {
            inbox.Put(JournalledEvent.Of(new OperationFinished(0, Fleets.Now.AddSeconds(number), Agent, "eve", $"{number}", OperationOutcome.Succeeded, "")));
        }

        File.WriteAllText(Path.Combine(_folder, "inbox", "0.json"), "nonsense");

        Assert.Equal(["3", "4"], inbox.Read().Take(2).Select(waiting => ((OperationFinished)waiting.Happened.What!).Operation));
        Assert.Equal(JournalInbox.Limit, new FleetHistory(_folder, TimeProvider.System).Read().Length);
    }

    private FileJournal Open() => Memory.Open(new DiskJournalFiles(_folder));
}
