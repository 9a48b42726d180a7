using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Benchmarks;

/// <summary>Entries a second that are on disk: each waited for on its own, which is one sync an entry, against many that wait together.</summary>
internal static class JournalCommit
{
    private const int Alone = 500;
    private const int Together = 20_000;
    private const int Waiters = 100;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("agentdeck-bench").FullName;
        try
        {
            await using var journal = FileJournal.Open(folder, "benchmark", TimeProvider.System, () => 1, NullLogger.Instance);
            await RecordAsync(journal, 0, 1);
            var alone = await MeasureAsync(Alone, () => RecordAsync(journal, 0, Alone));
            var together = await MeasureAsync(Together, () => Task.WhenAll(Enumerable.Range(0, Waiters).Select(number => RecordAsync(journal, number, Together / Waiters))));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one sync an entry:           {alone:0} entries a second"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Waiters} that wait together:      {together:0} entries a second, {together / alone:0.0} times as many"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RecordAsync(FileJournal journal, int number, int times)
    {
        var agent = new AgentId("here", "", $"agent-{number}");
        for (var time = 0; time < times; time++)
        {
            await journal.RecordAsync(agent, record => record with { Upkeep = record.Upkeep with { Restarts = record.Upkeep.Restarts + 1 } }, CancellationToken.None);
        }
    }

    private static async Task<double> MeasureAsync(int entries, Func<Task> record)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await record();
        return entries / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }
}
