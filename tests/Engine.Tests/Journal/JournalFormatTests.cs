using System.Globalization;
using System.Reflection;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Journal;

public sealed class JournalFormatTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly AgentRecord Full = new()
    {
        Route = new AgentRoute(RouteKind.Kubernetes, "team/mayor-0", "u-1"),
        Upkeep = new AgentUpkeep
        {
            Request = new OperatorRequest(RequestKind.Restart, "bob", Noon) { InterruptedAt = Noon, KilledAt = Noon, EndedAt = Noon, StartedAt = Noon },
            Restarts = 3,
            LastStart = Noon.AddTicks(1),
            LastEnd = Noon,
            RapidEnds = 4,
            EarlyEnds = 2,
            NextStart = Noon,
            Quarantine = new Quarantine(Noon, Noon.AddMinutes(5), "crash loop"),
            Phase = AgentPhase.Failed,
            PhaseSince = Noon,
            AppliedFor = "abc",
            LastDesired = DesiredState.Running,
            Conditions = [new Condition("Stuck", ConditionStatus.Unknown, "R", "m", Noon, 7)],
        },
        Acknowledged = new Acknowledgement("Failed", "bob", Noon),
        AgentInfo = "{\"phase\": \"running\",\n  \"x\": 1}",
        AgentInfoFrom = new ReportOrigin("u-1", "0", Noon),
        Notified = ["failed@1"],
    };

    /// <summary>Completes an open object by its checksum, computed bit by bit.</summary>
    public static string Seal(string open)
    {
        var crc = uint.MaxValue;
        foreach (var value in Encoding.UTF8.GetBytes(open))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{open},\"crc\":\"{~crc:x8}\"}}");
    }

    [Fact]
    public void The_lines_of_format_1_are_these()
    {
        Assert.Equal(
            """{"seq":7,"at":"2026-11-22T12:00:00Z","kind":"agent","agent":{"source":"gc","scope":"team","name":"mayor"},"record":{"route":{"kind":"Kubernetes","address":"team/mayor-0","uid":"u-1"}"""
            + ""","upkeep":{"request":{"kind":"Restart","by":"bob","at":"2026-11-22T12:00:00Z","interruptedAt":"2026-11-22T12:00:00Z","killedAt":"2026-11-22T12:00:00Z","endedAt":"2026-11-22T12:00:00Z","startedAt":"2026-11-22T12:00:00Z"}"""
            + ""","restarts":3,"lastStart":"2026-11-22T12:00:00.0000001Z","lastEnd":"2026-11-22T12:00:00Z","rapidEnds":4,"earlyEnds":2,"nextStart":"2026-11-22T12:00:00Z","quarantine":{"since":"2026-11-22T12:00:00Z","until":"2026-11-22T12:05:00Z","reason":"crash loop"},"phase":"Failed","phaseSince":"2026-11-22T12:00:00Z","appliedFor":"abc","lastDesired":"Running","conditions":[{"type":"Stuck","status":"Unknown","reason":"R","message":"m","lastTransition":"2026-11-22T12:00:00Z","observedGeneration":7}]}"""
            + ""","acknowledged":{"what":"Failed","by":"bob","at":"2026-11-22T12:00:00Z"},"agentInfo":"{\u0022phase\u0022: \u0022running\u0022,\n  \u0022x\u0022: 1}","agentInfoFrom":{"uid":"u-1","run":"0","at":"2026-11-22T12:00:00Z"},"notified":["failed@1"]}}""",
            Open(new JournalLine(7, Noon, JournalLine.AgentKind) { Agent = Memory.Agent("mayor"), Record = Full }));
        Assert.Equal(
            """{"seq":8,"at":"2026-11-22T12:00:00Z","kind":"event","agent":{"source":"here","scope":"","name":"clock"},"event":"OperationFinished","text":"nudge: done","by":"bob"}""",
            Open(JournalLine.Of(new JournalledEvent(8, Noon.ToOffset(TimeSpan.FromHours(2)), new AgentId("here", "", "clock"), "OperationFinished", "nudge: done", "bob"))));
        Assert.Equal(
            """{"seq":9,"at":"2026-11-22T12:00:00Z","kind":"forgotten","agent":{"source":"here","scope":"","name":"clock"}}""",
            Open(new JournalLine(9, Noon, JournalLine.ForgottenKind) { Agent = new AgentId("here", "", "clock") }));
    }

    [Fact]
    public void What_is_left_out_is_read_as_nothing()
    {
        var line = Seal("""{"seq":1,"at":"2026-11-22T14:00:00+02:00","kind":"agent","agent":{"source":"a","scope":"","name":"b"},"record":{"upkeep":{"phase":"Unknown"},"later":1}""");

        Assert.True(JournalFormat.IsSound(Encoding.ASCII.GetBytes(line)) && JournalFormat.TryRead(Encoding.ASCII.GetBytes(line), out _));
        JournalFormat.TryRead(Encoding.ASCII.GetBytes(line), out var read);
        Assert.Equal((true, AgentRecord.New, Noon), (read!.IsUnderstood, read.Record, read.At));
    }

    [Fact]
    public void Every_value_of_a_record_counts_for_its_equality_and_is_read_as_it_was_written()
    {
        AgentRecord[] variants =
        [
            Full with { Route = Full.Route! with { Uid = null } }, Full with { Upkeep = Full.Upkeep with { Phase = AgentPhase.Running } },
            Full with { Acknowledged = null }, Full with { AgentInfo = null }, Full with { AgentInfoFrom = null }, Full with { Notified = [] },
        ];
        var values = typeof(AgentRecord).GetProperties(BindingFlags.Public | BindingFlags.Instance).Count(property => property.CanWrite);

        Assert.Equal(values, variants.Length);
        Assert.Equal(variants.Length + 1, variants.Append(Full).Distinct().Count());
        Assert.All(variants.Append(Full).Append(AgentRecord.New), record =>
            Assert.Equal(record, Again(new JournalLine(1, Noon, JournalLine.AgentKind) { Agent = Memory.Agent("a"), Record = record }).Record));
        Assert.Equal(Full, Full with { Notified = ["failed@1"] });
        Assert.Equal(Full.GetHashCode(), (Full with { Notified = ["failed@1"] }).GetHashCode());
    }

    [Fact]
    public void Any_text_makes_one_line_of_printable_ascii_and_is_read_as_it_was_remembered()
    {
        var hostile = Gen.Elements("\n", "\r\n", "\0", "\u001b[2J", "\u2028", "\ud800", "\udc00", "\ud83d\ude00", "\"", "\\", "\\u000a", "\uFFFD", "\u007f", "é", "x", "\"}\n{\"seq\":1")
            .ArrayOf().Select(string.Concat);
        var texts = Gen.OneOf(hostile, ArbMap.Default.GeneratorFor<string>().Where(text => text is not null)).Three().ToArbitrary();

        Prop.ForAll(texts, three =>
        {
            var (one, two, other) = three;
            var line = new JournalLine(1, Noon, JournalLine.AgentKind)
            {
                Agent = new AgentId(JournalFormat.Settle(one), JournalFormat.Settle(two), JournalFormat.Settle(other)),
                Record = new AgentRecord { AgentInfo = one, Route = new AgentRoute(RouteKind.Container, two), Notified = [other], Upkeep = new AgentUpkeep { AppliedFor = one } },
            };
            var bytes = JournalFormat.Write(line);
            var settled = JournalFormat.Settle(line, bytes);
            var again = Again(settled);
            return bytes[..^1].All(value => value is >= 0x20 and < 0x7f) && bytes[^1] == '\n'
                && JournalFormat.IsSound(bytes.AsSpan(0, bytes.Length - 1))
                && again == settled && again.Agent == line.Agent
                && again.Record!.AgentInfo == JournalFormat.Settle(one)
                && (one.Contains('\uFFFD', StringComparison.Ordinal) || JournalFormat.Settle(one) != one || settled.Record!.AgentInfo == one);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task What_no_file_can_hold_is_remembered_as_it_will_be_read()
    {
        var disk = new SimulatedDisk();
        var journal = Memory.Open(disk);
        var id = new AgentId("gc", "\ud800", "a\n\0");
        Assert.True(await journal.RecordAsync(id, record => record with { AgentInfo = "x\udc00", Upkeep = new AgentUpkeep { Restarts = 1 } }, CancellationToken.None));
        Assert.True(await journal.RecordAsync(id, Memory.Restarted, CancellationToken.None));
        journal.RecordEvent(Memory.Happened("y\ud800", id));
        var before = journal.Current;
        await journal.DisposeAsync();

        await using var again = Memory.Open(disk);
        Memory.AssertSame(before, again.Current);
        Assert.Equal(("x\uFFFD", 2), (again.Current.Agents[new AgentId("gc", "\uFFFD", "a\n\0")].AgentInfo, again.Current.Agents.Values.Single().Upkeep.Restarts));
        Assert.True(await again.ForgetAsync(id, CancellationToken.None));
        Assert.Empty(again.Current.Agents);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_changes_nothing()
    {
        var disk = new SimulatedDisk();
        await using var journal = Memory.Open(disk, new JournalLimits());
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), record => record with { AgentInfo = new string('x', 1_000_000) }, CancellationToken.None));
        var before = journal.Current;

        var long1 = await Assert.ThrowsAsync<JournalException>(async () => await journal.RecordAsync(Memory.Agent("a"), record => record with { AgentInfo = new string('é', 200_000) }, CancellationToken.None));
        var long2 = Assert.Throws<JournalException>(() => journal.Record(Memory.Agent("a"), record => record with { AgentInfo = new string('x', 1 << 20) }));
        var long3 = Assert.Throws<JournalException>(() => journal.RecordEvent(Memory.Happened(new string('x', 1 << 20))));

        Assert.All([long1, long2, long3], refusal => Assert.Equal(JournalFault.LineTooLong, refusal.Fault));
        Assert.Same(before, journal.Current);
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
    }

    [Fact]
    public void Random_bytes_are_never_taken_for_a_journal()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var content = new JournalReader(bytes, "disk").Read();
            return content.State == JournalState.Empty && (bytes.Length == 0) == (content.Flaw == JournalFlaw.None);
        }).QuickCheckThrowOnFailure();
    }

    private static string Open(JournalLine line)
    {
        var text = Encoding.ASCII.GetString(JournalFormat.Write(line)).TrimEnd('\n');
        var open = text[..text.LastIndexOf(",\"crc\"", StringComparison.Ordinal)];
        Assert.Equal(Seal(open), text);
        return open + "}";
    }

    private static JournalLine Again(JournalLine line)
    {
        Assert.True(JournalFormat.TryRead(JournalFormat.Write(line).AsSpan()[..^1], out var again));
        return again;
    }
}
