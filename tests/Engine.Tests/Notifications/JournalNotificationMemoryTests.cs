using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Notifications;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Notifications;

/// <summary>With a journal on the real disk.</summary>
public sealed class JournalNotificationMemoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-told").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_one_engine_told_the_next_one_does_not()
    {
        await using (var first = Open())
        {
            var memory = new JournalNotificationMemory(first);
            Assert.True(await memory.TryAddAsync(Note("one"), CancellationToken.None));
            Assert.False(await memory.TryAddAsync(Note("one"), CancellationToken.None));
        }

        await using var second = Open();
        var again = new JournalNotificationMemory(second);
        Assert.False(await again.TryAddAsync(Note("one"), CancellationToken.None));
        Assert.True(await again.TryAddAsync(Note("two"), CancellationToken.None));
    }

    [Fact]
    public async Task It_is_on_disk_before_anybody_can_be_told()
    {
        await using var journal = Open();

        await new JournalNotificationMemory(journal).TryAddAsync(Note("one"), CancellationToken.None);

        // As it is found when the engine is killed now.
        var left = new JournalReader(new DiskJournalFiles(_folder).Read(JournalLog.FileName), "").Read();
        Assert.Equal([NotificationJson.IdOf(Note("one"))], left.State.Agents[Fleet.Id("a")].Notified);
    }

    [Fact]
    public async Task Of_each_agent_the_latest_are_remembered()
    {
        await using var journal = Open();
        var memory = new JournalNotificationMemory(journal);
        var notes = Enumerable.Range(0, JournalNotificationMemory.MostOfAnAgent + 5).Select(number => Note($"{number}")).ToList();
        foreach (var note in notes)
        {
            Assert.True(await memory.TryAddAsync(note, CancellationToken.None));
        }

        Assert.Equal(notes.Skip(5).Select(NotificationJson.IdOf), journal.Current.Agents[Fleet.Id("a")].Notified);
    }

    [Fact]
    public async Task That_an_agent_is_gone_leaves_nothing_behind()
    {
        await using var journal = Open();
        var memory = new JournalNotificationMemory(journal);

        Assert.True(await memory.TryAddAsync(Note("one", NotificationKind.Gone), CancellationToken.None));
        Assert.False(await memory.TryAddAsync(Note("one", NotificationKind.Gone), CancellationToken.None));

        Assert.Empty(journal.Current.Agents);
    }

    [Fact]
    public async Task Whoever_only_looks_leaves_it_to_the_other_to_tell_the_world()
    {
        await using var first = Open();
        await using var second = Open();

        Assert.Equal((true, false), (new JournalNotificationMemory(first).IsOurs, new JournalNotificationMemory(second).IsOurs));
    }

    private static Notification Note(string key, NotificationKind kind = NotificationKind.Failed) =>
        new(Fleet.Id("a"), key, Fleets.Now, kind, "here/a", AgentPhase.Failed, "", "here/a failed");

    private FileJournal Open() => FileJournal.Open(_folder, "test", TimeProvider.System, () => 1, NullLogger.Instance);
}
