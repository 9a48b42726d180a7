using System.Globalization;

namespace AgentDeck.Engine.Journal;

/// <summary>
/// The file: a header, a snapshot, and the changes since. It is only ever replaced as a whole – temporary file, sync, rename, sync of
/// the folder – or appended to by the process that replaced it. After a failure the next write replaces it. For one thread.
/// </summary>
internal sealed class JournalLog(IJournalFiles files, string program, JournalLimits limits, TimeProvider time) : IDisposable
{
    /// <summary>The file's name.</summary>
    internal const string FileName = "journal.jsonl";

    /// <summary>What becomes that file.</summary>
    internal const string TemporaryName = "journal.jsonl.new";

    /// <summary>How many damaged files are kept beside it.</summary>
    internal const int MostDamaged = 3;

    private const string DamagedName = FileName + ".damaged-";
    private const int ChunkLength = 1 << 20;

    private IJournalFile? _file;
    private ReadOnlyMemory<byte>? _damaged;
    private int _entries;
    private long _entryBytes;
    private long _snapshotBytes;

    /// <summary>Whether what was appended would be better off in a snapshot.</summary>
    public bool HasEntries => _entries > 0;

    /// <summary>Keeps a damaged file's content beside the one that takes its place, from the next snapshot on.</summary>
    public void KeepAside(ReadOnlyMemory<byte> damaged) => _damaged = damaged;

    /// <summary>Brings changes to the disk: by appending them, or by a snapshot where that is due or the only way.</summary>
    /// <param name="batch">The changes.</param>
    /// <param name="state">The state after all of them.</param>
    public void Write(JournalBatch batch, JournalState state)
    {
        if (_file is null || batch.HasLetGo || _entries >= limits.EntriesPerSnapshot || _entryBytes >= Math.Max(limits.BytesPerSnapshot, _snapshotBytes))
        {
            WriteSnapshot(state);
        }
        else if (batch.Entries > 0)
        {
            Append(batch);
        }
    }

    /// <summary>Replaces the file by a snapshot.</summary>
    public void WriteSnapshot(JournalState state)
    {
        Dispose();
        if (_damaged is { } damaged)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{DamagedName}{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
            using var copy = files.Create(aside);
            copy.Write(damaged.Span);
            copy.Sync();
            foreach (var old in files.NamesOf(DamagedName).SkipLast(MostDamaged))
            {
                files.Delete(old);
            }
        }

        var file = files.Create(TemporaryName);
        try
        {
            _snapshotBytes = WriteSnapshot(file, state);
            file.Sync();
            files.Rename(TemporaryName, FileName);
            // Before this nothing that is appended would be sure to be found again.
            files.Sync();
        }
        catch
        {
            file.Dispose();
            files.Delete(TemporaryName);
            throw;
        }

        _file = file;
        _damaged = null;
        _entries = 0;
        _entryBytes = 0;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Append(JournalBatch batch)
    {
        try
        {
            _file!.Write(batch.Lines);
            _file.Sync();
        }
        catch
        {
            // What a failed write or sync left in the file, and in the system's cache of it, is unknown.
            Dispose();
            throw;
        }

        _entries += batch.Entries;
        _entryBytes += batch.Lines.Length;
    }

    private long WriteSnapshot(IJournalFile file, JournalState state)
    {
        var now = time.GetUtcNow();
        var lines = state.Agents.Select(agent => new JournalLine(state.Sequence, now, JournalLine.AgentKind) { Agent = agent.Key, Record = agent.Value })
            .Concat(state.Events.Select(JournalLine.Of))
            .Select(JournalFormat.Write)
            .Concat(state.Foreign.Select(line => (byte[])[.. line.Span, (byte)'\n']));
        var header = new JournalLine(state.Sequence, now, JournalLine.HeaderKind)
        {
            Format = JournalFormat.Newest,
            Lines = state.Agents.Count + state.Events.Count + state.Foreign.Length,
            Program = program,
        };
        var chunk = new MemoryStream();
        var written = 0L;
        foreach (var line in lines.Prepend(JournalFormat.Write(header)))
        {
            chunk.Write(line);
            written += line.Length;
            if (chunk.Length >= ChunkLength)
            {
                file.Write(chunk.GetBuffer().AsSpan(0, (int)chunk.Length));
                chunk.SetLength(0);
            }
        }

        file.Write(chunk.GetBuffer().AsSpan(0, (int)chunk.Length));
        return written;
    }
}
