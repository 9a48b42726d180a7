using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Journal;

public sealed class JournalModelTests
{
    private enum Step
    {
        Record,
        RecordAndWait,
        Forget,
        Event,
        Flush,
        Reopen,
        CutThePower,
        FillTheDisk,
        EmptyTheDisk,
    }

    [Fact]
    public void Whatever_happens_in_whatever_order_the_journal_remembers_what_the_model_does()
    {
        var steps = Gen.Frequency(
            (6, Gen.Constant(Step.Record)), (3, Gen.Constant(Step.RecordAndWait)), (2, Gen.Constant(Step.Forget)), (4, Gen.Constant(Step.Event)),
            (1, Gen.Constant(Step.Flush)), (1, Gen.Constant(Step.Reopen)), (1, Gen.Constant(Step.CutThePower)), (1, Gen.Constant(Step.FillTheDisk)), (2, Gen.Constant(Step.EmptyTheDisk)));
        var histories = steps.Zip(Gen.Choose(0, 1000)).ListOf().Resize(80).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(histories, history => HoldsAsync(history).GetAwaiter().GetResult()));
    }

    private static async Task<bool> HoldsAsync(IEnumerable<(Step Step, int Number)> history)
    {
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk);
        var model = new Model();
        foreach (var (step, number) in history)
        {
            var agent = Memory.Agent($"a{number % 5}");
            switch (step)
            {
                case Step.Record:
                    journal.Record(agent, Change(number));
                    model.Record(agent, Change(number));
                    break;
                case Step.RecordAndWait:
                    var isDurable = await journal.RecordAsync(agent, Change(number), CancellationToken.None);
                    model.Record(agent, Change(number));
                    model.Acknowledge(isDurable);
                    break;
                case Step.Forget:
                    isDurable = await journal.ForgetAsync(agent, CancellationToken.None);
                    model.Forget(agent);
                    model.Acknowledge(isDurable);
                    break;
                case Step.Event:
                    journal.RecordEvent(Memory.Happened($"{number}\n", agent));
                    model.Happened(Memory.Happened($"{number}\n", agent));
                    break;
                case Step.Flush:
                    model.Acknowledge(await journal.FlushAsync(CancellationToken.None));
                    break;
                case Step.FillTheDisk:
                    disk.Room = number;
                    continue;
                case Step.EmptyTheDisk:
                    disk.Room = long.MaxValue;
                    continue;
                case Step.Reopen:
                    disk.Room = long.MaxValue;
                    await journal.DisposeAsync();
                    journal = Memory.Open(disk);
                    break;
                default:
                    // The old journal goes on as a process cannot: on a disk that nobody looks at again.
                    var found = disk.AfterPowerCut(Survival.AnyOfIt, new Random(number));
                    await journal.DisposeAsync();
                    (disk, journal) = (found, Memory.Open(found));
                    model.ReturnTo(journal.Current);
                    break;
            }

            if (!Memory.Same(model.Now, journal.Current))
            {
                return false;
            }
        }

        await journal.DisposeAsync();
        return true;
    }

    private static Func<AgentRecord, AgentRecord> Change(int number) => record => (number % 6) switch
    {
        0 => record with { Upkeep = record.Upkeep with { Restarts = number } },
        1 => record with { Upkeep = record.Upkeep with { Phase = (AgentPhase)(number % 8), PhaseSince = DateTimeOffset.UnixEpoch.AddTicks(number) } },
        2 => record with { Route = number % 2 == 0 ? null : new AgentRoute(RouteKind.Local, $"/run/{number}") },
        3 => record with { Notified = record.Notified.Add($"{number}\0") },
        4 => record with { AgentInfo = $"{{\"phase\":\"{number}\"}}" },
        _ => record with { Upkeep = record.Upkeep with { Request = number % 2 == 0 ? null : new OperatorRequest(RequestKind.Stop, "bob", DateTimeOffset.UnixEpoch) } },
    };

    /// <summary>The same in the simplest way there is, with all of its past.</summary>
    private sealed class Model
    {
        private readonly List<JournalState> _past = [JournalState.Empty];
        private int _acknowledged;

        public JournalState Now => _past[^1];

        public void Record(AgentId agent, Func<AgentRecord, AgentRecord> change)
        {
            var before = Now.Agents.GetValueOrDefault(agent, AgentRecord.New);
            if (change(before) != before)
            {
                Add(Now with { Agents = Now.Agents.SetItem(agent, change(before)) });
            }
        }

        public void Forget(AgentId agent)
        {
            if (Now.Agents.ContainsKey(agent))
            {
                Add(Now with { Agents = Now.Agents.Remove(agent) });
            }
        }

        public void Happened(JournalledEvent happened) => Add(Now with { Events = Now.Events.Add(happened with { Seq = Now.Sequence + 1 }) });

        public void Acknowledge(bool isDurable) => _acknowledged = isDurable ? _past.Count - 1 : _acknowledged;

        // What was found is one of the states since the last one that the disk answered for; the rest never happened.
        public void ReturnTo(JournalState found)
        {
            var kept = _past.FindIndex(_acknowledged, state => Memory.Same(state, found));
            Assert.InRange(kept, _acknowledged, _past.Count - 1);
            _past.RemoveRange(kept + 1, _past.Count - kept - 1);
            _acknowledged = kept;
        }

        private void Add(JournalState state) => _past.Add(state with { Sequence = Now.Sequence + 1 });
    }
}
