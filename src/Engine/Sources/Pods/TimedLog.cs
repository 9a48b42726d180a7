using System.Buffers;
using System.Globalization;
using System.Text;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// Takes a log whose lines begin with their times, and gives it without them, whole lines only. After <see cref="Resume"/> it
/// drops what was given before, so that a log which was cut goes on where it was. Not safe for several threads.
/// </summary>
/// <remarks>Of two lines of one instant the order says which is which: a server sends them again as it did at first.</remarks>
internal sealed class TimedLog
{
    /// <summary>The longest line that is kept back until its end comes; what is longer is given in parts.</summary>
    internal const int LongestLine = 1024 * 1024;

    private const int LongestTime = 40;

    private readonly ArrayBufferWriter<byte> _open = new();
    private DateTimeOffset? _last;
    private int _ofLast;
    private int _seen;
    private bool _isCatchingUp;
    private bool _isWithin;

    /// <summary>The time of the last line that was given; null when no line had one.</summary>
    public DateTimeOffset? Since => _last;

    /// <summary>Takes what came.</summary>
    /// <param name="piece">Bytes of the log.</param>
    /// <param name="output">Takes the lines that this completes.</param>
    public void Feed(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        while (piece.IndexOf((byte)'\n') is var end and >= 0)
        {
            _open.Write(piece[..(end + 1)]);
            piece = piece[(end + 1)..];
            Give(output);
            _isWithin = false;
        }

        _open.Write(piece);
        if (_open.WrittenCount > LongestLine)
        {
            Give(output);
            _isWithin = true;
        }
    }

    /// <summary>Gives what is left, when the log is at its end.</summary>
    public void End(IBufferWriter<byte> output) => Give(output);

    /// <summary>Says that the log comes again from <see cref="Since"/> on: what was not given yet comes again too.</summary>
    public void Resume()
    {
        _open.ResetWrittenCount();
        _isWithin = false;
        (_isCatchingUp, _seen) = (true, 0);
    }

    private void Give(IBufferWriter<byte> output)
    {
        var line = _open.WrittenSpan;
        if (line.IsEmpty || _isWithin || TimeOf(line, out var text) is not { } time)
        {
            output.Write(line);
        }
        else if (IsNew(time))
        {
            output.Write(text);
        }

        _open.ResetWrittenCount();
    }

    private bool IsNew(DateTimeOffset time)
    {
        if (_isCatchingUp && (time < _last || (time == _last && _seen++ < _ofLast)))
        {
            return false;
        }

        // From here on all is new, also what the two outputs of a program wrote out of order.
        _isCatchingUp = false;
        if (_last is null || time >= _last)
        {
            (_last, _ofLast) = (time, time == _last ? _ofLast + 1 : 1);
        }

        return true;
    }

    // RFC 3339 with up to nine digits of a second, and a space.
    private static DateTimeOffset? TimeOf(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        var space = line[..Math.Min(line.Length, LongestTime)].IndexOf((byte)' ');
        text = line[(space + 1)..];
        return space > 0 && DateTimeOffset.TryParse(Encoding.ASCII.GetString(line[..space]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
