using System.Text;
using AgentDeck.Engine.Journal;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Tests.Journal;

public sealed class JournalRepairTests
{
    private readonly ListLogger _logger = new();

    [Fact]
    public async Task A_torn_last_line_is_cut_off_and_said_once()
    {
        var (bytes, states) = History();
        var last = bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (var length = last + 1; length < bytes.Length; length++)
        {
            var logger = new ListLogger();
            var disk = SimulatedDisk.Holding(JournalLog.FileName, bytes[..length]);
            await using (var journal = Memory.Open(disk, logger: logger))
            {
                Memory.AssertSame(states[^2], journal.Current);
            }

            Assert.Equal((LogLevel.Warning, "disk/journal.jsonl: line 6 was not written to its end and is cut off"), Assert.Single(logger.Lines));
            Assert.Equal([JournalLog.FileName], disk.Names);
            await Memory.Open(disk, logger: _logger).DisposeAsync();
            Assert.Empty(_logger.Lines);
        }
    }

    [Fact]
    public async Task A_damaged_middle_is_kept_aside_and_what_stands_before_it_is_used()
    {
        var (bytes, states) = History();
        var text = Encoding.ASCII.GetString(bytes);
        var damaged = Encoding.ASCII.GetBytes(text.Replace("\"restarts\":2", "\"restarts\":3", StringComparison.Ordinal));
        var disk = SimulatedDisk.Holding(JournalLog.FileName, damaged);

        await using (var journal = Memory.Open(disk, logger: _logger))
        {
            Memory.AssertSame(states[2], journal.Current);
        }

        Assert.Equal((LogLevel.Error, "disk/journal.jsonl is damaged in line 4: what stands before it is used, the whole file is kept beside it"), Assert.Single(_logger.Lines));
        Assert.Equal([JournalLog.FileName, "journal.jsonl.damaged-20261121T140000Z"], disk.Names);
        Assert.Equal(damaged, disk.AfterPowerCut(Survival.Nothing, new Random(1)).Read("journal.jsonl.damaged-20261121T140000Z"));
        await using var again = Memory.Open(disk, logger: _logger);
        Memory.AssertSame(states[2], again.Current);
        Assert.Single(_logger.Lines);
    }

    [Fact]
    public async Task Damage_that_cannot_be_kept_aside_is_not_written_over()
    {
        var (bytes, _) = History();
        bytes[bytes.Length / 2] ^= 1;
        var disk = SimulatedDisk.Holding(JournalLog.FileName, bytes);
        disk.Room = bytes.Length - 1;

        var journal = Memory.Open(disk);
        Assert.False(await journal.RecordAsync(Memory.Agent("new"), Memory.Restarted, CancellationToken.None));
        Assert.Equal(bytes, disk.Read(JournalLog.FileName));
        disk.Room = long.MaxValue;
        Assert.True(await journal.FlushAsync(CancellationToken.None));

        Assert.Equal(bytes, disk.Read("journal.jsonl.damaged-20261121T140000Z"));
        await journal.DisposeAsync();
    }

    [Fact]
    public void No_flipped_bit_makes_another_truth()
    {
        var (bytes, states) = History();
        for (var place = 0; place < bytes.Length; place++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = bytes.ToArray();
                flipped[place] ^= (byte)(1 << bit);

                var content = new JournalReader(flipped, "disk").Read();

                Assert.NotEqual(JournalFlaw.None, content.Flaw);
                Memory.AssertSame(states[(int)content.State.Sequence], content.State);
            }
        }
    }

    [Fact]
    public void Any_end_of_the_file_may_be_missing()
    {
        var (bytes, states) = History();
        for (var length = 0; length <= bytes.Length; length++)
        {
            var content = new JournalReader(bytes.AsMemory(0, length), "disk").Read();

            Memory.AssertSame(states[(int)content.State.Sequence], content.State);
            Assert.Equal(
                length == 0 || (bytes[length - 1] == '\n') ? JournalFlaw.None : length < bytes.AsSpan().IndexOf((byte)'\n') + 1 ? JournalFlaw.Damaged : JournalFlaw.Torn,
                content.Flaw);
        }
    }

    [Theory]
    [InlineData("gap")]
    [InlineData("twice")]
    [InlineData("swapped")]
    public void Lines_that_are_missing_doubled_or_out_of_order_are_damage(string how)
    {
        var (bytes, states) = History();
        var lines = Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        switch (how)
        {
            case "gap":
                lines.RemoveAt(3);
                break;
            case "twice":
                lines.Insert(3, lines[2]);
                break;
            default:
                (lines[3], lines[4]) = (lines[4], lines[3]);
                break;
        }

        var content = new JournalReader(Encoding.ASCII.GetBytes(string.Join('\n', lines) + '\n'), "disk").Read();

        Assert.Equal((JournalFlaw.Damaged, 4), (content.Flaw, content.FlawedLine));
        Memory.AssertSame(states[2], content.State);
    }

    [Fact]
    public async Task A_snapshot_that_is_not_whole_is_damage_whatever_follows()
    {
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk);
        journal.Record(Memory.Agent("a"), Memory.Restarted);
        journal.Record(Memory.Agent("b"), Memory.Restarted);
        await journal.FlushAsync(CancellationToken.None);
        await journal.DisposeAsync();
        var bytes = disk.Read(JournalLog.FileName)!;

        var content = new JournalReader(bytes.AsMemory(0, bytes.Length - 5), "disk").Read();

        Assert.Equal((JournalFlaw.Damaged, 3), (content.Flaw, content.FlawedLine));
        Assert.Equal((1, 2L), (content.State.Agents.Count, content.State.Sequence));
    }

    [Fact]
    public async Task What_a_newer_program_wrote_is_kept_through_snapshots()
    {
        var (bytes, states) = History();
        var foreign = new[]
        {
            Sealed("""{"seq":6,"at":"2026-11-22T00:00:00Z","kind":"mood","mood":{"good":true}"""),
            Sealed("""{"seq":7,"at":"2026-11-22T00:00:00Z","kind":"agent","agent":{"source":"gc","scope":"team","name":"a"},"record":{"upkeep":{"phase":"Hibernating"}}"""),
            Sealed("""{"seq":8,"at":"2026-11-22T00:00:00Z","kind":"agent","agent":{"source":"gc","scope":"team","name":"a"},"record":{"upkeep":9}"""),
            Sealed("""{"seq":9,"at":"2026-11-22T00:00:00Z","kind":"agent","record":{}"""),
        };
        var disk = SimulatedDisk.Holding(JournalLog.FileName, [.. bytes, .. Encoding.ASCII.GetBytes(string.Join('\n', foreign) + '\n')]);

        for (var life = 0; life < 3; life++)
        {
            await using var journal = Memory.Open(disk, logger: _logger);
            Assert.Equal(9 + life, journal.Current.Sequence);
            Assert.Equal(states[^1].Agents[Memory.Agent("a")], journal.Current.Agents[Memory.Agent("a")]);
            Assert.True(await journal.RecordAsync(Memory.Agent("b"), Memory.Restarted, CancellationToken.None));
        }

        var text = Encoding.ASCII.GetString(disk.Read(JournalLog.FileName)!);
        Assert.All(foreign, line => Assert.Contains(line + '\n', text, StringComparison.Ordinal));
        Assert.Equal(3, _logger.Lines.Count(line => line == (LogLevel.Warning, "disk/journal.jsonl: 4 lines of a newer program are kept as they are")));
    }

    [Fact]
    public void A_newer_format_is_refused_and_left_alone()
    {
        var bytes = Encoding.ASCII.GetBytes(Sealed("""{"seq":6,"at":"2031-11-22T00:00:00Z","kind":"header","format":2,"lines":0,"program":"agentdeck 9.9 \u001b[2J","more":[1]""") + "\n?\n");
        var disk = SimulatedDisk.Holding(JournalLog.FileName, bytes);

        var refusal = Assert.Throws<JournalException>(() => Memory.Open(disk));

        Assert.Equal(JournalFault.NewerFormat, refusal.Fault);
        Assert.Equal(
            "disk/journal.jsonl has format 2, written by agentdeck 9.9 \uFFFD[2J; this agentdeck reads formats up to 1. Use that program, or move the file away to begin without what it remembers.",
            refusal.Message);
        Assert.Equal(bytes, disk.Read(JournalLog.FileName));
        Assert.Equal([JournalLog.FileName], disk.Names);
    }

    // A header and five changes, as a kill leaves them, and the states after each of them by their numbers.
    private static (byte[] Bytes, List<JournalState> States) History()
    {
        JournalLine[] changes =
        [
            new(1, default, JournalLine.AgentKind) { Agent = Memory.Agent("a"), Record = Memory.Restarts(1) with { Notified = ["x"] } },
            new(2, default, JournalLine.EventKind) { Agent = Memory.Agent("a"), Event = "PhaseChanged", Text = "é\n", By = "bob" },
            new(3, default, JournalLine.AgentKind) { Agent = Memory.Agent("a"), Record = Memory.Restarts(2) with { Route = new AgentRoute(RouteKind.Kubernetes, "ns/pod", "uid") } },
            new(4, default, JournalLine.AgentKind) { Agent = Memory.Agent("b"), Record = new AgentRecord { AgentInfo = "{}" } },
            new(5, default, JournalLine.ForgottenKind) { Agent = Memory.Agent("b") },
        ];
        var header = new JournalLine(0, default, JournalLine.HeaderKind) { Format = JournalFormat.Newest, Lines = 0 };
        var states = new List<JournalState> { JournalState.Empty };
        foreach (var line in changes)
        {
            states.Add(states[^1].Apply(line));
        }

        return ([.. changes.Prepend(header).SelectMany(JournalFormat.Write)], states);
    }

    private static string Sealed(string open) => JournalFormatTests.Seal(open);
}
