using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Tests.Journal;

public sealed class JournalPowerCutTests
{
    [Theory]
    [InlineData(Survival.Nothing, 1)]
    [InlineData(Survival.Everything, 1)]
    [InlineData(Survival.AnyOfIt, 20)]
    public async Task Wherever_the_power_goes_everything_acknowledged_is_there_and_nothing_else_than_what_was_recorded(Survival survival, int tries)
    {
        var points = 0;
        for (var goesOn = true; goesOn; points++)
        {
            var history = new History();
            var disk = new SimulatedDisk { CutAt = points };
            await LiveAsync(disk, history);
            goesOn = disk.IsCut;

            for (var seed = 0; seed < tries; seed++)
            {
                await CheckAsync(disk.AfterPowerCut(survival, new Random(seed)), history);
            }
        }

        Assert.InRange(points, 60, 1000);
    }

    [Fact]
    public async Task Cuts_that_follow_one_another_add_up_to_no_loss()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk();
            var expected = 0;
            for (var life = 0; life < 6; life++)
            {
                disk = disk.AfterPowerCut(Survival.AnyOfIt, random, cutAt: random.Next(1, 30));
                var journal = Memory.Open(disk);
                Assert.InRange(Restarts(journal), expected, expected + 1);
                expected = Restarts(journal);
                while (await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None))
                {
                    expected = Restarts(journal);
                }

                await journal.DisposeAsync();
            }
        }
    }

    private static int Restarts(FileJournal journal) => journal.Current.Agents.GetValueOrDefault(Memory.Agent("a"), AgentRecord.New).Upkeep.Restarts;

    // Two lives with snapshots in between, single changes and bursts, forgetting and events.
    private static async Task LiveAsync(SimulatedDisk disk, History history)
    {
        for (var life = 0; life < 2 && !disk.IsCut; life++)
        {
            var journal = Memory.Open(disk);
            history.Add(journal.Current);
            for (var round = 0; round < 9; round++)
            {
                var agent = Memory.Agent($"a{round % 4}");
                if (await journal.RecordAsync(agent, Memory.Restarted, CancellationToken.None))
                {
                    history.Acknowledge(journal.Current);
                }

                history.Add(journal.Current);
                journal.RecordEvent(Memory.Happened($"round {round}", agent));
                history.Add(journal.Current);
                journal.Record(Memory.Agent("burst"), record => record with { AgentInfo = record.AgentInfo + "{", Notified = record.Notified.Add($"{life}/{round}") });
                history.Add(journal.Current);
                if (round % 3 == 0 && await journal.ForgetAsync(agent, CancellationToken.None))
                {
                    history.Acknowledge(journal.Current);
                }

                history.Add(journal.Current);
            }

            if (await journal.FlushAsync(CancellationToken.None))
            {
                history.Acknowledge(journal.Current);
            }

            await journal.DisposeAsync();
        }
    }

    private static async Task CheckAsync(SimulatedDisk disk, History history)
    {
        var journal = Memory.Open(disk);
        var found = journal.Current;
        Assert.Equal(JournalMode.Writing, journal.Mode);
        history.AssertHolds(found);

        Assert.True(await journal.RecordAsync(Memory.Agent("after"), Memory.Restarted, CancellationToken.None));
        var last = journal.Current;
        await journal.DisposeAsync();
        await using var again = Memory.Open(disk.AfterPowerCut(Survival.Nothing, new Random(1)));
        Memory.AssertSame(last, again.Current);
        Assert.Equal(last.Agents.Remove(Memory.Agent("after")).Count, found.Agents.Count);
    }

    /// <summary>Every state there ever was, by its number, and the number up to which the disk answered for it.</summary>
    private sealed class History
    {
        private readonly Dictionary<long, JournalState> _states = new() { [0] = JournalState.Empty };
        private long _acknowledged;

        public void Add(JournalState state) => _states[state.Sequence] = state;

        public void Acknowledge(JournalState state) => _acknowledged = state.Sequence;

        public void AssertHolds(JournalState found)
        {
            Assert.InRange(found.Sequence, _acknowledged, _states.Keys.Max());
            Memory.AssertSame(_states[found.Sequence], found);
        }
    }
}
