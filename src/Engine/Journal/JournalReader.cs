using System.Globalization;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>Makes a state of a file's bytes. Does no I/O; for one file.</summary>
/// <param name="content">The whole file.</param>
/// <param name="path">Where it is, for messages.</param>
internal sealed class JournalReader(ReadOnlyMemory<byte> content, string path)
{
    private JournalState _state = JournalState.Empty;
    private int _snapshotLines;
    private int _linesRead;

    /// <summary>Reads as far as the file is sound.</summary>
    /// <exception cref="JournalException">It has a newer format.</exception>
    public JournalContent Read()
    {
        var rest = content;
        while (TakeLine(ref rest) is { } line)
        {
            if (!TryApply(line))
            {
                return Flawed(rest, couldBeTorn: !JournalFormat.IsSound(line.Span));
            }

            _linesRead++;
        }

        return rest.IsEmpty && _linesRead > _snapshotLines ? new JournalContent(_state, JournalFlaw.None, 0)
            : content.IsEmpty ? new JournalContent(_state, JournalFlaw.None, 0)
            : Flawed(rest: default, couldBeTorn: true);
    }

    // A snapshot was on disk before the file got its name, so only what was appended can be torn, and nothing sound follows that.
    private JournalContent Flawed(ReadOnlyMemory<byte> rest, bool couldBeTorn)
    {
        couldBeTorn &= _linesRead > _snapshotLines;
        while (couldBeTorn && TakeLine(ref rest) is { } later)
        {
            couldBeTorn = !JournalFormat.IsSound(later.Span);
        }

        return new JournalContent(_state, couldBeTorn ? JournalFlaw.Torn : JournalFlaw.Damaged, _linesRead + 1);
    }

    private bool TryApply(ReadOnlyMemory<byte> bytes)
    {
        if (!JournalFormat.IsSound(bytes.Span) || !JournalFormat.TryRead(bytes.Span, out var line))
        {
            return false;
        }

        if (_linesRead == 0)
        {
            return TryBegin(line);
        }

        if (_linesRead > _snapshotLines && line.Seq != _state.Sequence + 1)
        {
            return false;
        }

        _state = line.IsUnderstood
            ? _state.Apply(line)
            : _state with { Foreign = _state.Foreign.Add(bytes), Sequence = Math.Max(_state.Sequence, line.Seq) };
        return true;
    }

    private bool TryBegin(JournalLine header)
    {
        if (header is not { Kind: JournalLine.HeaderKind, Format: { } format, Lines: { } lines and >= 0 })
        {
            return false;
        }

        if (format > JournalFormat.Newest)
        {
            var writer = header.Program is { Length: > 0 } program ? PlainText.Sanitize(program) : "a newer agentdeck";
            throw new JournalException(JournalFault.NewerFormat, string.Create(
                CultureInfo.InvariantCulture,
                $"{path} has format {format}, written by {writer}; this agentdeck reads formats up to {JournalFormat.Newest}. Use that program, or move the file away to begin without what it remembers."));
        }

        _snapshotLines = lines;
        _state = _state with { Sequence = header.Seq };
        return true;
    }

    private static ReadOnlyMemory<byte>? TakeLine(ref ReadOnlyMemory<byte> rest)
    {
        var end = rest.Span.IndexOf((byte)'\n');
        if (end < 0)
        {
            return null;
        }

        var line = rest[..end];
        rest = rest[(end + 1)..];
        return line;
    }
}
