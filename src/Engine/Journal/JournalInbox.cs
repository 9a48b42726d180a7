using System.Globalization;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>
/// What operators did by programs that may not write the journal, a file each, until the engine that writes takes it in. Safe from any thread
/// and process.
/// </summary>
/// <param name="directory">The journal's folder; absolute.</param>
internal sealed class JournalInbox(string directory)
{
    /// <summary>How many wait at most; the oldest go first.</summary>
    internal const int Limit = 1000;

    private const string Suffix = ".json";

    private readonly string _folder = Path.Combine(directory, "inbox");

    /// <summary>Leaves an event. What the disk does not take is lost: nobody's work ends for it.</summary>
    public void Put(JournalledEvent happened)
    {
        var files = new DiskJournalFiles(_folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{happened.At.UtcTicks:D19}-{Guid.NewGuid():N}");
        try
        {
            files.Prepare();
            using (var file = files.Create(name))
            {
                file.Write(JournalFormat.Write(JournalLine.Of(happened)));
            }

            files.Rename(name, name + Suffix);
            foreach (var old in Names().SkipLast(Limit))
            {
                files.Delete(old);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            files.Delete(name);
        }
    }

    /// <summary>What waits, oldest first, with what it is called.</summary>
    public IEnumerable<(string Name, JournalledEvent Happened)> Read()
    {
        foreach (var name in Names())
        {
            if (TryRead(name) is { } happened)
            {
                yield return (name, happened);
            }
        }
    }

    /// <summary>Something was taken in.</summary>
    public void Remove(string name) => new DiskJournalFiles(_folder).Delete(name);

    /// <summary>Calls back after something was left here, on any thread, until disposed; null where the system cannot watch.</summary>
    public IDisposable? Watch(Action changed)
    {
        try
        {
            new DiskJournalFiles(_folder).Prepare();
            return JournalWatch.Start(_folder, "*" + Suffix, changed);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private List<string> Names() => [.. new DiskJournalFiles(_folder).NamesOf("").Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))];

    private JournalledEvent? TryRead(string name)
    {
        try
        {
            var line = new DiskJournalFiles(_folder).Read(name).AsSpan().TrimEnd((byte)'\n');
            return JournalFormat.IsSound(line) && JournalFormat.TryRead(line, out var read) && read is { IsUnderstood: true, What: OperationFinished } ? read.ToEvent() : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
