using System.Diagnostics;
using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;

namespace AgentDeck.Engine.Tests.Journal;

/// <summary>With a real process that is really killed: <c>tests/JournalProbe</c>.</summary>
public sealed class JournalKillTests : IDisposable
{
    private static readonly string Probe = Path.Combine(AppContext.BaseDirectory, "AgentDeck.JournalProbe");

    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-kill").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_killed_process_leaves_everything_that_it_was_told_is_on_disk_and_no_lock()
    {
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var lines in new[] { 1, 2, 9, 30, 77, 150, 151, 152 })
        {
            await KillAfterAsync(lines, acknowledged);

            var logger = new ListLogger();
            await using var journal = Memory.Open(new DiskJournalFiles(_folder), new JournalLimits(), logger: logger);
            Assert.Equal(JournalMode.Writing, journal.Mode);
            // A kill may tear what is being written; it damages nothing.
            Assert.DoesNotContain(logger.Lines, line => line.Text.Contains("damaged", StringComparison.Ordinal));
            foreach (var (agent, restarts) in acknowledged)
            {
                Assert.InRange(journal.Current.Agents[new AgentId("here", "", agent)].Upkeep.Restarts, restarts, restarts + 1);
            }

            // What came to the disk but was not said is the next one's beginning.
            foreach (var (agent, record) in journal.Current.Agents)
            {
                acknowledged[agent.Name] = record.Upkeep.Restarts;
            }
        }

        Assert.Equal([JournalLog.FileName, DiskJournalFiles.LockFile], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private async Task KillAfterAsync(int lines, Dictionary<string, int> acknowledged)
    {
        // A killed runtime leaves its diagnostic pipes behind.
        using var process = Process.Start(
            new ProcessStartInfo(Probe, [_folder]) { RedirectStandardOutput = true, Environment = { ["DOTNET_EnableDiagnostics"] = "0" } })!;
        try
        {
            var opened = await process.StandardOutput.ReadLineAsync();
            Assert.InRange(int.Parse(opened!["open ".Length..], CultureInfo.InvariantCulture), acknowledged.Count, 8);
            for (var line = 0; line < lines; line++)
            {
                Note(await process.StandardOutput.ReadLineAsync());
            }
        }
        finally
        {
            process.Kill();
        }

        // What it said before it was killed counts, too; its last line may be cut.
        var rest = await process.StandardOutput.ReadToEndAsync();
        Array.ForEach(rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries), Note);
        await process.WaitForExitAsync();

        void Note(string? line)
        {
            var words = line!.Split(' ');
            acknowledged[words[0]] = int.Parse(words[1], CultureInfo.InvariantCulture);
        }
    }
}
