using AgentDeck.Engine.Journal;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Tests.Journal;

public sealed class JournalFailureTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger _logger = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(150)]
    public async Task A_full_disk_ends_nothing_and_is_made_up_for_when_there_is_room(long room)
    {
        var disk = new SimulatedDisk();
        await using var journal = Memory.Open(disk, new JournalLimits(), _time, _logger);
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        var changes = Changes(journal);

        disk.Room = room;
        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        Assert.Equal("No space left on device", await changes.NextAsync());
        Assert.Equal("No space left on device", journal.Degraded);
        journal.Record(Memory.Agent("b"), Memory.Restarted);
        journal.RecordEvent(Memory.Happened("it went on"));
        Assert.False(await journal.ForgetAsync(Memory.Agent("b"), CancellationToken.None));
        Assert.False(await journal.RecordAsync(Memory.Agent("c"), record => record, CancellationToken.None));
        Assert.False(await journal.FlushAsync(CancellationToken.None));
        Assert.Equal(2, journal.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);

        disk.Room = long.MaxValue;
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await changes.NextAsync());

        AssertOnDisk(disk, journal);
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        AssertOnDisk(disk, journal);
        Assert.Equal([LogLevel.Error, LogLevel.Information], _logger.Lines.Select(line => line.Level));
    }

    [Fact]
    public async Task A_sync_that_failed_once_is_not_trusted_again()
    {
        var disk = new SimulatedDisk();
        await using var journal = Memory.Open(disk, new JournalLimits(), _time, _logger);
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        disk.SyncsFail = true;
        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        disk.SyncsFail = false;

        Assert.True(await journal.FlushAsync(CancellationToken.None));

        AssertOnDisk(disk, journal);
    }

    [Fact]
    public async Task A_failing_disk_is_tried_less_and_less_often_whatever_is_recorded()
    {
        var disk = new SimulatedDisk { SyncsFail = true };
        await using var journal = Memory.Open(disk, new JournalLimits(), _time, _logger);
        var synced = Signals(disk);
        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        await synced.NextAsync();

        foreach (var wait in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            await _time.UntilTimerAsync();
            for (var round = 0; round < 20; round++)
            {
                Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
            }

            _time.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromTicks(1));
            Assert.Equal(0, synced.Waiting);
            _time.Advance(TimeSpan.FromTicks(1));
            await synced.NextAsync();
        }

        await _time.UntilTimerAsync();
        disk.SyncsFail = false;
        Assert.True(await journal.FlushAsync(CancellationToken.None));
        Assert.Null(journal.Degraded);
    }

    [Fact]
    public async Task Changes_made_while_a_snapshot_heals_the_journal_are_on_disk_too()
    {
        var disk = new SimulatedDisk { SyncsFail = true };
        var journal = Memory.Open(disk, new JournalLimits(), _time, _logger);
        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        disk.SyncsFail = false;
        disk.Syncing = _ =>
        {
            disk.Syncing = null;
            journal.Record(Memory.Agent("b"), Memory.Restarted);
        };

        Assert.True(await journal.FlushAsync(CancellationToken.None));
        Assert.True(await journal.FlushAsync(CancellationToken.None));

        AssertOnDisk(disk, journal);
        Assert.Equal(1, journal.Current.Agents[Memory.Agent("b")].Upkeep.Restarts);
        await journal.DisposeAsync();
    }

    [Fact]
    public async Task A_journal_that_ends_degraded_tries_once_more()
    {
        var disk = new SimulatedDisk { Room = 10 };
        var journal = Memory.Open(disk, new JournalLimits(), _time, _logger);
        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        disk.Room = long.MaxValue;

        await journal.DisposeAsync();

        AssertOnDisk(disk, journal);
    }

    [Fact]
    public async Task A_disk_that_stays_full_leaves_the_last_good_file_and_no_half_one()
    {
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk, new JournalLimits(), _time, _logger);
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        disk.Room = 0;
        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        Assert.False(await journal.FlushAsync(CancellationToken.None));
        await journal.DisposeAsync();

        Assert.Equal([JournalLog.FileName], disk.Names);
        await using var again = Memory.Open(disk);
        Assert.Equal(1, again.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
    }

    private static void AssertOnDisk(SimulatedDisk disk, FileJournal journal) => Memory.AssertSame(
        journal.Current,
        new JournalReader(disk.AfterPowerCut(Survival.Nothing, new Random(1)).Read(JournalLog.FileName)!, "disk").Read().State);

    private static Inbox<string?> Changes(FileJournal journal)
    {
        var changes = new Inbox<string?>();
        journal.DegradedChanged += changes.Add;
        return changes;
    }

    private static Inbox<string> Signals(SimulatedDisk disk)
    {
        var signals = new Inbox<string>();
        disk.Syncing = signals.Add;
        return signals;
    }
}
