using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Tests.Journal;

public sealed class JournalCommitTests
{
    [Fact]
    public async Task What_is_recorded_while_the_disk_is_busy_is_brought_there_by_one_sync()
    {
        var disk = new SimulatedDisk();
        await using var journal = Memory.Open(disk, new JournalLimits());
        using var gate = new SyncGate();
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        disk.Syncing = gate.Pass;

        var first = journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None).AsTask();
        await gate.Arrived;
        var others = Enumerable.Range(0, 500).Select(number => journal.RecordAsync(Memory.Agent($"a{number}"), Memory.Restarted, CancellationToken.None).AsTask()).ToArray();
        Assert.DoesNotContain(others, other => other.IsCompleted);
        var before = disk.Syncs;
        gate.Open();

        Assert.True(await first);
        Assert.All(await Task.WhenAll(others), Assert.True);
        Assert.Equal(before + 2, disk.Syncs);
    }

    [Fact]
    public async Task What_changes_nothing_writes_nothing_but_waits_for_what_it_relies_on()
    {
        var disk = new SimulatedDisk();
        await using var journal = Memory.Open(disk, new JournalLimits());
        using var gate = new SyncGate();
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        var before = disk.Syncs;

        Assert.True(await journal.RecordAsync(Memory.Agent("a"), record => record with { Upkeep = record.Upkeep with { Restarts = 1 } }, CancellationToken.None));
        Assert.True(await journal.RecordAsync(Memory.Agent("b"), record => record, CancellationToken.None));
        Assert.True(await journal.ForgetAsync(Memory.Agent("b"), CancellationToken.None));
        Assert.True(await journal.FlushAsync(CancellationToken.None));
        Assert.Equal((before, 1L), (disk.Syncs, journal.Current.Sequence));

        disk.Syncing = gate.Pass;
        journal.Record(Memory.Agent("a"), record => record with { AgentInfo = "7" });
        await gate.Arrived;
        var same = journal.RecordAsync(Memory.Agent("a"), record => record with { AgentInfo = "7" }, CancellationToken.None).AsTask();
        var flush = journal.FlushAsync(CancellationToken.None).AsTask();
        Assert.False(same.IsCompleted || flush.IsCompleted);
        gate.Open();

        Assert.True(await same && await flush);
    }

    [Fact]
    public async Task Memory_is_ahead_of_the_disk_and_whoever_stops_waiting_takes_nothing_back()
    {
        using var gate = new SyncGate();
        var disk = new SimulatedDisk { Syncing = gate.Pass };
        var journal = Memory.Open(disk);
        using var impatience = new CancellationTokenSource();

        var waiting = journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, impatience.Token).AsTask();
        Assert.Equal(1, journal.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Open();

        await journal.DisposeAsync();
        await using var again = Memory.Open(disk);
        Assert.Equal(1, again.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
    }

    [Fact]
    public async Task A_start_without_anything_to_remember_writes_nothing()
    {
        var disk = new SimulatedDisk();
        await Memory.Open(disk).DisposeAsync();
        Assert.Empty(disk.Names);

        var journal = Memory.Open(disk);
        await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None);
        await journal.DisposeAsync();
        var syncs = disk.Syncs;
        await Memory.Open(disk).DisposeAsync();
        Assert.Equal(syncs, disk.Syncs);
    }

    [Fact]
    public async Task Snapshots_keep_the_file_as_small_as_what_is_remembered()
    {
        var disk = new SimulatedDisk();
        await using var journal = Memory.Open(disk, new JournalLimits { EntriesPerSnapshot = 50 });
        for (var round = 0; round < 1000; round++)
        {
            Assert.True(await journal.RecordAsync(Memory.Agent($"a{round % 3}"), Memory.Restarted, CancellationToken.None));
        }

        Assert.InRange(disk.Read(JournalLog.FileName)!.AsSpan().Count((byte)'\n'), 1, 1 + 3 + 50);
    }

    [Fact]
    public async Task Snapshots_are_written_by_bytes_too()
    {
        var disk = new SimulatedDisk();
        await using var journal = Memory.Open(disk, new JournalLimits { BytesPerSnapshot = 10_000 });
        for (var round = 0; round < 300; round++)
        {
            Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        }

        Assert.InRange(disk.Read(JournalLog.FileName)!.Length, 1, 11_000);
    }

    [Fact]
    public async Task Only_the_latest_thousand_events_are_remembered()
    {
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk, new JournalLimits());
        for (var round = 0; round < 1010; round++)
        {
            Assert.Equal(round + 1, journal.RecordEvent(Memory.Happened($"{round}")).Seq);
        }

        await journal.DisposeAsync();
        await using var again = Memory.Open(disk);
        Assert.Equal(Enumerable.Range(10, 1000).Select(round => $"{round}"), again.Current.Events.Select(happened => happened.Text));
        Assert.Equal(1011, again.RecordEvent(Memory.Happened("next")).Seq);
    }

    [Fact]
    public async Task What_waits_for_a_slow_disk_is_bounded_and_not_lost()
    {
        using var gate = new SyncGate();
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk, new JournalLimits { MostWaiting = 1000 });
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        disk.Syncing = gate.Pass;
        journal.Record(Memory.Agent("a"), Memory.Restarted);
        await gate.Arrived;
        for (var round = 0; round < 100; round++)
        {
            journal.Record(Memory.Agent($"a{round}"), Memory.Restarted);
        }

        var flush = journal.FlushAsync(CancellationToken.None).AsTask();
        gate.Open();
        Assert.True(await flush);

        await using var again = Memory.Open(disk.AfterPowerCut(Survival.Nothing, new Random(1)));
        Memory.AssertSame(journal.Current, again.Current);
        await journal.DisposeAsync();
    }

    [Fact]
    public async Task What_is_recorded_after_the_end_stays_in_memory_and_says_so()
    {
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk);
        await journal.DisposeAsync();

        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        Assert.False(await journal.FlushAsync(CancellationToken.None));
        Assert.Equal(1, journal.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
        Assert.Empty(disk.Names);
        await journal.DisposeAsync();
    }

    [Fact]
    public async Task Many_threads_record_without_losing_a_change()
    {
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk, new JournalLimits { EntriesPerSnapshot = 100 });
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), async (number, cancellationToken) =>
        {
            Assert.True(await journal.RecordAsync(Memory.Agent($"a{number % 7}"), Memory.Restarted, cancellationToken));
            journal.RecordEvent(Memory.Happened($"{number}"));
        });

        await journal.DisposeAsync();
        await using var again = Memory.Open(disk.AfterPowerCut(Survival.Nothing, new Random(1)));
        Memory.AssertSame(journal.Current, again.Current);
        Assert.Equal((2000, 4000L), (again.Current.Agents.Values.Sum(record => record.Upkeep.Restarts), again.Current.Sequence));
    }

    /// <summary>Holds every sync until it is opened.</summary>
    private sealed class SyncGate : IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Arrived => _arrived.Task;

        public void Pass(string name)
        {
            _arrived.TrySetResult();
            _open.Wait();
        }

        public void Open() => _open.Set();

        // A test that fails must not leave the journal waiting, so this is opened before that is disposed.
        public void Dispose() => _open.Set();
    }
}
