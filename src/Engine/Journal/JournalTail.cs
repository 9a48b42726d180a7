namespace AgentDeck.Engine.Journal;

/// <summary>Reads the events that another process adds to a journal, whichever file has its name. For one caller at a time.</summary>
/// <param name="path">The file.</param>
/// <param name="after">The number of the last event that is known.</param>
internal sealed class JournalTail(string path, long after)
{
    private byte[] _header = [];
    private long _offset;
    private long _last = after;

    /// <summary>What was added since the last time, oldest first. A line that is still being written comes the next time.</summary>
    public List<JournalledEvent> Read()
    {
        var events = new List<JournalledEvent>();
        try
        {
            using var file = new FileStream(path, DiskJournalFiles.Options(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            if (!Continues(file))
            {
                // A snapshot took its place: what it holds beyond what is known was added meanwhile.
                _offset = 0;
                _header = [];
            }

            file.Seek(_offset, SeekOrigin.Begin);
            using var rest = new MemoryStream();
            file.CopyTo(rest);
            Take(rest.GetBuffer().AsMemory(0, (int)rest.Length), events);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is being replaced, or somebody took it away: there is nothing new as long as that is so.
        }

        return events;
    }

    private bool Continues(FileStream file)
    {
        var head = new byte[_header.Length];
        return _header.Length > 0 && file.Length >= _offset && file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(_header);
    }

    private void Take(ReadOnlyMemory<byte> bytes, List<JournalledEvent> events)
    {
        for (var end = bytes.Span.IndexOf((byte)'\n'); end >= 0; end = bytes.Span.IndexOf((byte)'\n'))
        {
            var line = bytes[..end];
            bytes = bytes[(end + 1)..];
            _offset += end + 1;
            if (!JournalFormat.IsSound(line.Span) || !JournalFormat.TryRead(line.Span, out var read))
            {
                continue;
            }

            if (read.Kind == JournalLine.HeaderKind)
            {
                // A journal that was cut back to its sound part counts on from there.
                (_header, _last) = (line.ToArray(), Math.Min(_last, read.Seq));
            }
            else if (read is { IsUnderstood: true, Kind: JournalLine.EventKind } && read.Seq > _last)
            {
                _last = read.Seq;
                events.Add(read.ToEvent());
            }
        }
    }
}
