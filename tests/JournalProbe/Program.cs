using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.JournalProbe;

/// <summary>
/// A program that does nothing but remember, to be killed: prints <c>open N</c> with what it found, then each count of restarts of each
/// of its eight agents once that is on disk.
/// </summary>
internal static class Program
{
    private const int Agents = 8;

    private static async Task<int> Main(string[] args)
    {
        var limits = new JournalLimits { EntriesPerSnapshot = 20 };
        var journal = FileJournal.Open(new DiskJournalFiles(args[0]), "probe", limits, TimeProvider.System, () => 1, NullLogger.Instance);
        if (journal.Mode != JournalMode.Writing)
        {
            await Console.Error.WriteLineAsync(journal.Degraded);
            return 1;
        }

        Console.WriteLine($"open {journal.Current.Agents.Count}");
        await Task.WhenAll(Enumerable.Range(0, Agents).Select(number => CountAsync(journal, new AgentId("here", "", number.ToString(CultureInfo.InvariantCulture)))));
        return 2;
    }

    private static async Task CountAsync(FileJournal journal, AgentId agent)
    {
        while (await journal.RecordAsync(agent, record => record with { Upkeep = record.Upkeep with { Restarts = record.Upkeep.Restarts + 1 } }, CancellationToken.None))
        {
            journal.RecordEvent(new JournalledEvent(0, DateTimeOffset.UnixEpoch, agent, "Counted", "", ""));
            Console.WriteLine($"{agent.Name} {journal.Current.Agents[agent].Upkeep.Restarts}");
        }
    }
}
