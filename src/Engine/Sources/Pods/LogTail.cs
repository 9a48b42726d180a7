namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The last lines of a log, in bounded memory. Not safe for several threads.</summary>
/// <param name="most">How many lines are kept.</param>
internal sealed class LogTail(int most)
{
    /// <summary>How many bytes of one line are kept; the rest is dropped.</summary>
    public const int LineLimit = 4096;

    private readonly Queue<byte[]> _lines = new();
    private readonly List<byte> _open = [];

    /// <summary>How many whole lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>Takes what came; a line is one when its line feed came.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            Keep(bytes[..end]);
            _lines.Enqueue([.. _open]);
            _open.Clear();
            if (_lines.Count > most)
            {
                _lines.Dequeue();
            }

            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    /// <summary>The lines, the unfinished one too, one LF after each.</summary>
    public byte[] Content()
    {
        var lines = _open.Count == 0 ? _lines : _lines.Append([.. _open]);
        return [.. lines.SelectMany(line => line.Append((byte)'\n'))];
    }

    private void Keep(ReadOnlySpan<byte> part) => _open.AddRange(part[..Math.Min(part.Length, LineLimit - _open.Count)]);
}
