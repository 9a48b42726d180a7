using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Testing;

/// <summary>Journals as engines leave them behind.</summary>
internal static class Journals
{
    /// <summary>Writes events as an engine does that ends then.</summary>
    public static async Task WriteAsync(string directory, params FleetEvent[] events)
    {
        await using var journal = FileJournal.Open(directory, "test", TimeProvider.System, () => 1, NullLogger.Instance);
        Array.ForEach(events, happened => journal.RecordEvent(JournalledEvent.Of(happened)));
    }
}
