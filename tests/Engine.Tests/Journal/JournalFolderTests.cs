using System.Diagnostics;
using System.Runtime.Versioning;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Tests.Journal;

/// <summary>On the real disk.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class JournalFolderTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root = Directory.CreateTempSubdirectory("agentdeck-journal").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger _logger = new();

    private string Folder => Path.Combine(_root, "state", "journal");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Folder_and_files_are_their_owners_alone_from_the_first_byte_on()
    {
        var files = new DiskJournalFiles(Folder);
        files.Prepare();
        using (files.Create("new"))
        {
            Assert.Equal(OwnersFile, File.GetUnixFileMode(files.PathOf("new")));
        }

        await using (var journal = Open())
        {
            await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None);
        }

        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal(["journal.jsonl", "journal.lock", "new"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(Folder), file => Assert.Equal(OwnersFile, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task What_others_could_read_is_taken_from_them_and_a_link_is_not_followed()
    {
        Directory.CreateDirectory(Folder);
        var victim = Path.Combine(_root, "victim");
        await File.WriteAllTextAsync(victim, "precious");
        File.CreateSymbolicLink(Path.Combine(Folder, JournalLog.TemporaryName), victim);
        await File.WriteAllBytesAsync(
            Path.Combine(Folder, JournalLog.FileName), JournalFormat.Write(new JournalLine(0, default, JournalLine.HeaderKind) { Format = 1, Lines = 0 }));
        File.SetUnixFileMode(Path.Combine(Folder, JournalLog.FileName), OwnersFile | UnixFileMode.OtherRead);

        await using (var journal = Open())
        {
            Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        }

        Assert.Equal(OwnersFile, File.GetUnixFileMode(Path.Combine(Folder, JournalLog.FileName)));
        Assert.Equal(OwnersFile | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal("precious", await File.ReadAllTextAsync(victim));
    }

    [Fact]
    public async Task What_was_recorded_is_there_again()
    {
        await using (var journal = Open())
        {
            journal.Record(Memory.Agent("é\n"), record => record with { AgentInfo = "{\n\0}" });
            journal.RecordEvent(Memory.Happened("b"));
            Assert.True(await journal.FlushAsync(CancellationToken.None));
        }

        await using var again = Open();
        Assert.Equal("{\n\0}", again.Current.Agents[Memory.Agent("é\n")].AgentInfo);
        Assert.Equal(["b"], again.Current.Events.Select(happened => happened.Text));
    }

    [Fact]
    public async Task A_second_engine_reads_says_who_writes_and_writes_nothing()
    {
        await using var first = Open();
        Assert.True(await first.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Folder, JournalLog.FileName));

        await using var second = Open();
        Assert.Equal((JournalMode.Writing, null, null), (first.Mode, first.HeldBy, first.Degraded));
        Assert.Equal(
            (JournalMode.Observing, $"agentdeck 1.2.3 (process {Environment.ProcessId} on {Environment.MachineName}, since 2026-11-21 14:00:00 UTC)"),
            (second.Mode, second.HeldBy));
        Assert.Equal($"{second.HeldBy} writes {Path.Combine(Folder, JournalLog.FileName)}", second.Degraded);
        Assert.Equal(1, second.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
        Assert.False(await second.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        Assert.False(await second.FlushAsync(CancellationToken.None));
        await second.DisposeAsync();

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(Folder, JournalLog.FileName)));
        await using var third = Open();
        Assert.Equal(JournalMode.Observing, third.Mode);
    }

    [Fact]
    public async Task The_next_engine_writes_when_the_first_has_ended()
    {
        await Open().DisposeAsync();

        await using var next = Open();

        Assert.Equal(JournalMode.Writing, next.Mode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pid\":")]
    [InlineData("null")]
    public async Task A_lock_that_does_not_say_whose_it_is_is_still_one(string content)
    {
        await using var first = Open();
        using var shell = Process.Start("sh", ["-c", "printf %s \"$0\" > \"$1\"", content, Path.Combine(Folder, DiskJournalFiles.LockFile)]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);

        await using var second = Open();

        Assert.Equal((JournalMode.Observing, "another engine"), (second.Mode, second.HeldBy));
    }

    [Fact]
    public async Task What_a_dead_process_wrote_into_the_lock_blocks_nobody()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, DiskJournalFiles.LockFile), """{"pid":1,"host":"h","program":"p","since":"2026-11-22T00:00:00Z"}""" + new string(' ', 500));

        await using var journal = Open();
        await using var second = Open();

        Assert.Equal(JournalMode.Writing, journal.Mode);
        Assert.StartsWith("agentdeck 1.2.3", second.HeldBy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_that_are_started_do_not_inherit_the_lock()
    {
        var journal = Open();
        await using var child = await new LocalTransport(TimeProvider.System).OpenAsync(
            new CommandSpec { Program = "sh", Arguments = ["-c", "echo runs; read line"] }, CancellationToken.None);
        Assert.True(await child.Output.ReadAsync(new byte[16]) > 0);

        await journal.DisposeAsync();

        await using var next = Open();
        Assert.Equal(JournalMode.Writing, next.Mode);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("journal")]
    public async Task What_cannot_be_used_at_all_leaves_a_memory_and_says_so(string what)
    {
        if (what == "folder")
        {
            await File.WriteAllTextAsync(Path.Combine(_root, "state"), "in the way");
        }
        else
        {
            Directory.CreateDirectory(Path.Combine(Folder, JournalLog.FileName));
        }

        await using var journal = Open();

        Assert.Equal((JournalMode.MemoryOnly, null), (journal.Mode, journal.HeldBy));
        Assert.StartsWith(Path.Combine(Folder, JournalLog.FileName) + " cannot be used: ", journal.Degraded, StringComparison.Ordinal);
        Assert.False(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        Assert.Equal(1, journal.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
        Assert.Equal(LogLevel.Error, Assert.Single(_logger.Lines).Level);
    }

    [Fact]
    public async Task A_newer_format_is_refused_without_keeping_the_lock()
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, JournalLog.FileName);
        await File.WriteAllTextAsync(file, JournalFormatTests.Seal("""{"seq":6,"at":"2031-11-22T00:00:00Z","kind":"header","format":2,"lines":0""") + "\n");

        Assert.Equal(JournalFault.NewerFormat, Assert.Throws<JournalException>(Open).Fault);

        File.Delete(file);
        await using var journal = Open();
        Assert.Equal(JournalMode.Writing, journal.Mode);
    }

    [Fact]
    public async Task A_damaged_file_is_kept_aside_on_the_real_disk_too()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, JournalLog.FileName), "nonsense\n");

        await Open().DisposeAsync();

        Assert.Equal("nonsense\n", await File.ReadAllTextAsync(Path.Combine(Folder, "journal.jsonl.damaged-20261121T140000Z")));
        Assert.Equal(JournalFlaw.None, new JournalReader(await File.ReadAllBytesAsync(Path.Combine(Folder, JournalLog.FileName)), "").Read().Flaw);
    }

    [Fact]
    public async Task Of_damaged_files_the_newest_three_are_kept()
    {
        Directory.CreateDirectory(Folder);
        for (var damage = 0; damage < 5; damage++)
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, JournalLog.FileName), $"nonsense {damage}\n");
            await Open().DisposeAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var kept = Directory.GetFiles(Folder, "*.damaged-*").Order(StringComparer.Ordinal).Select(File.ReadAllText);
        Assert.Equal(["nonsense 2\n", "nonsense 3\n", "nonsense 4\n"], kept);
    }

    [Fact]
    public async Task A_journal_of_many_agents_is_read_again_whole()
    {
        await using (var journal = Open())
        {
            for (var number = 0; number < 3000; number++)
            {
                journal.Record(Memory.Agent($"a{number}"), record => record with { AgentInfo = new string('x', 1000) });
            }
        }

        await using var again = Open();
        Assert.Equal(3000, again.Current.Agents.Count);
        Assert.All(again.Current.Agents.Values, record => Assert.Equal(1000, record.AgentInfo!.Length));
    }

    [Fact]
    public async Task Whoever_reads_while_ten_thousand_changes_are_written_sees_only_sound_files()
    {
        var path = Path.Combine(Folder, JournalLog.FileName);
        var journal = FileJournal.Open(new DiskJournalFiles(Folder), "agentdeck", new JournalLimits { EntriesPerSnapshot = 100 }, _time, () => 1, _logger);
        Assert.True(await journal.RecordAsync(Memory.Agent("a"), Memory.Restarted, CancellationToken.None));
        var files = new DiskJournalFiles(Folder);
        var writing = Task.Run(() => Parallel.ForEachAsync(Enumerable.Range(1, 9_999), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (_, cancellationToken) =>
            await journal.RecordAsync(Memory.Agent("a"), record => Memory.Restarted(record) with { AgentInfo = $"{{ \"phase\": {record.Upkeep.Restarts} }}" }, cancellationToken)));

        var seen = 0;
        for (var reads = 0; !writing.IsCompleted || reads == 0; reads++)
        {
            var content = new JournalReader(files.Read(JournalLog.FileName), path).Read();
            Assert.NotEqual(JournalFlaw.Damaged, content.Flaw);
            var record = content.State.Agents[Memory.Agent("a")];
            Assert.InRange(record.Upkeep.Restarts, Math.Max(seen, 1), 10_000);
            Assert.True(record.AgentInfo is null || record.AgentInfo == $"{{ \"phase\": {record.Upkeep.Restarts - 1} }}");
            seen = record.Upkeep.Restarts;
        }

        await writing;
        await journal.DisposeAsync();
        await using var again = Open();
        Assert.Equal(10_000, again.Current.Agents[Memory.Agent("a")].Upkeep.Restarts);
        Assert.Equal(["journal.jsonl", "journal.lock"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private FileJournal Open() => FileJournal.Open(Folder, "agentdeck 1.2.3", _time, () => 1, _logger);
}
