using System.Diagnostics;
using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Tests.Journal;

/// <summary>From only looking to writing, on the real disk.</summary>
public sealed class JournalTakeoverTests : IDisposable
{
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "AgentDeck.JournalProbe");
    private static readonly OperatorRequest Stop = new(RequestKind.Stop, "eve", DateTimeOffset.UnixEpoch.AddDays(1));

    private readonly string _root = Directory.CreateTempSubdirectory("agentdeck-takeover").FullName;
    private readonly ListLogger _logger = new();

    private string Folder => Path.Combine(_root, "state", "journal");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Whoever_looked_writes_when_the_other_has_ended_and_knows_what_that_one_remembered()
    {
        var first = Open();
        Assert.True(await first.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        await using var second = Open();
        var writes = Writes(second);
        second.Record(Memory.Agent("a"), record => record with { Upkeep = record.Upkeep with { Restarts = 70 } });
        second.Record(Memory.Agent("b"), _ => Memory.Restarts(80) with { Upkeep = new AgentUpkeep { Restarts = 80, Request = Stop } });
        second.RecordEvent(Memory.Happened("what both saw"));
        Assert.True(await first.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        first.RecordEvent(Memory.Happened("told"));

        await first.DisposeAsync();
        await writes;

        Assert.Equal((JournalMode.Writing, null, null), (second.Mode, second.HeldBy, second.Degraded));
        Assert.Equal(2, second.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
        Assert.Equal(new AgentUpkeep { Request = Stop }, second.Current.Agents[Memory.Agent("b")].Upkeep);
        Assert.Equal(["told"], second.Current.Events.Select(happened => happened.Text));
        Assert.True(await second.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        await second.DisposeAsync();

        await using var third = Open();
        Assert.Equal(JournalMode.Writing, third.Mode);
        Assert.Equal(3, third.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
        Assert.Equal(Stop, third.Current.Agents[Memory.Agent("b")].Upkeep.Request);
    }

    [Fact]
    public async Task What_operators_asked_the_other_for_is_the_others_until_it_ends_and_then_is_carried_on()
    {
        var first = Open();
        Assert.True(await first.RecordAsync(Memory.Agent("a"), record => record with { Upkeep = record.Upkeep with { Request = Stop } }, CancellationToken.None));
        await using var second = Open();
        var writes = Writes(second);
        Assert.Null(second.Current.Agents[Memory.Agent("a")].Upkeep.Request);

        await first.DisposeAsync();
        await writes;

        Assert.Equal(Stop, second.Current.Agents[Memory.Agent("a")].Upkeep.Request);
    }

    [Fact]
    public async Task Of_several_that_look_one_takes_over_and_the_others_say_which()
    {
        var first = Open();
        await using var second = Open();
        await using var third = Open();
        Task[] writes = [Writes(second), Writes(third)];

        await first.DisposeAsync();
        var winner = await Task.WhenAny(writes) == writes[0] ? second : third;
        var loser = ReferenceEquals(winner, second) ? third : second;

        Assert.Equal((JournalMode.Writing, JournalMode.Observing), (winner.Mode, loser.Mode));
        var next = Writes(loser);
        await winner.DisposeAsync();
        await next;
    }

    [Fact]
    public async Task After_a_kill_whoever_looked_takes_over_everything_that_was_said_to_be_on_disk()
    {
        using var process = Process.Start(new ProcessStartInfo(Probe, [_root]) { RedirectStandardOutput = true })!;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            Assert.Equal("open 0", await process.StandardOutput.ReadLineAsync());
            await using var observer = Memory.Open(new DiskJournalFiles(_root), new JournalLimits(), TimeProvider.System, _logger);
            Assert.Equal(JournalMode.Observing, observer.Mode);
            Assert.Contains($"process {process.Id} ", observer.HeldBy, StringComparison.Ordinal);
            var writes = Writes(observer);
            for (var line = 0; line < 100; line++)
            {
                Note(await process.StandardOutput.ReadLineAsync());
            }

            process.Kill();
            var rest = await process.StandardOutput.ReadToEndAsync();
            Array.ForEach(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries), Note);
            await writes;

            Assert.All(counts, count => Assert.InRange(observer.Current.Agents[new AgentId("here", "", count.Key)].Upkeep.Restarts, count.Value, count.Value + 1));
            Assert.True(await observer.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        }
        finally
        {
            process.Kill();
        }

        void Note(string? line)
        {
            var words = line!.Split(' ');
            counts[words[0]] = int.Parse(words[1], CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task A_folder_that_can_be_used_again_gets_what_was_remembered_meanwhile()
    {
        await using (var first = Open())
        {
            await first.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None);
            await first.RecordAsync(Memory.Agent("b"), Memory.Restarted, CancellationToken.None);
            first.RecordEvent(Memory.Happened("before"));
        }

        var (state, away) = (Path.Combine(_root, "state"), Path.Combine(_root, "away"));
        Directory.Move(state, away);
        await File.WriteAllTextAsync(state, "in the way");
        await using var journal = Open();
        var writes = Writes(journal);
        Assert.Equal(JournalMode.MemoryOnly, journal.Mode);
        journal.Record(Memory.Agent("a"), _ => Memory.Restarts(70));
        journal.RecordEvent(Memory.Happened("meanwhile"));

        File.Delete(state);
        Directory.Move(away, state);
        await writes;

        Assert.Equal((70, 1), (Restarts(journal, "a"), Restarts(journal, "b")));
        Assert.Equal(["before", "meanwhile"], journal.Current.Events.Select(happened => happened.Text));
        Assert.True(journal.Current.Events[1].Seq > journal.Current.Events[0].Seq);
        Assert.True(await journal.FlushAsync(CancellationToken.None));
        Assert.Single(_logger.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task What_a_newer_program_wrote_meanwhile_is_not_taken_over()
    {
        var held = JournalLock.Take(PreparedLock(), new JournalHolder(1, "h", "p", default));
        await using var journal = Open();
        var changed = Changed(journal, () => journal.HeldBy is null);
        await File.WriteAllTextAsync(Path.Combine(Folder, JournalLog.FileName), JournalFormatTests.Seal("""{"seq":6,"at":"2031-11-22T00:00:00Z","kind":"header","format":2,"lines":0""") + "\n");

        held.Dispose();
        await changed;

        Assert.Equal(JournalMode.Observing, journal.Mode);
        Assert.Contains("has format 2", journal.Degraded, StringComparison.Ordinal);
    }

    private static int Restarts(FileJournal journal, string agent) => journal.Current.Agents[Memory.Agent(agent)].Upkeep.Restarts;

    private static Task Writes(FileJournal journal) => Changed(journal, () => journal.Mode == JournalMode.Writing);

    private static Task Changed(FileJournal journal, Func<bool> isExpected)
    {
        var changed = new TaskCompletionSource();
        journal.ModeChanged += () =>
        {
            if (isExpected())
            {
                changed.TrySetResult();
            }
        };
        return changed.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private string PreparedLock()
    {
        var files = new DiskJournalFiles(Folder);
        files.Prepare();
        return files.PathOf(DiskJournalFiles.LockFile);
    }

    private FileJournal Open() => FileJournal.Open(Folder, "agentdeck 1.2.3", TimeProvider.System, () => 1, _logger);
}
