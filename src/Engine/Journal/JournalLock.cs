using System.Text.Json;

namespace AgentDeck.Engine.Journal;

/// <summary>
/// The exclusive right to write a journal: a lock of the kernel on a file, which is released when its process ends, however that
/// ends, and which no child process inherits. What stands in the file only tells others who has it.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream? _file;

    /// <summary>Takes note of a lock.</summary>
    /// <param name="file">The locked file; null when another has it or nothing has to be locked.</param>
    /// <param name="heldBy">Who has it, in words; null when it is ours.</param>
    public JournalLock(FileStream? file, string? heldBy)
    {
        _file = file;
        HeldBy = heldBy;
    }

    /// <summary>Who has it, in words for the operator; null when it is ours.</summary>
    public string? HeldBy { get; }

    /// <summary>Takes the lock, or reads who has it.</summary>
    /// <exception cref="IOException">The file cannot be opened or locked.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is another's.</exception>
    public static JournalLock Take(string path, JournalHolder who)
    {
        var file = default(FileStream);
        try
        {
            file = new FileStream(path, DiskJournalFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            JournalNative.Lock(file.SafeFileHandle);
            Introduce(file, who);
            return new JournalLock(file, null);
        }
        catch (IOException failure)
        {
            file?.Dispose();
            if (failure.HResult == JournalNative.WouldBlock)
            {
                return new JournalLock(null, Holder(path));
            }

            throw;
        }
    }

    /// <summary>Releases it.</summary>
    public void Dispose() => _file?.Dispose();

    private static void Introduce(FileStream file, JournalHolder who)
    {
        try
        {
            file.SetLength(0);
            file.Write(JsonSerializer.SerializeToUtf8Bytes(who, JournalJson.Default.JournalHolder));
        }
        catch (IOException)
        {
            // A full disk costs others the name of the holder, not the holder its lock.
        }
    }

    private static string Holder(string path)
    {
        try
        {
            using var file = JournalNative.OpenLocked(path);
            return JsonSerializer.Deserialize(file, JournalJson.Default.JournalHolder)?.ToString() ?? "another engine";
        }
        catch (Exception failure) when (failure is JsonException or IOException)
        {
            // It has the lock but has not said yet who it is, or could not.
            return "another engine";
        }
    }
}
