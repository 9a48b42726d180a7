using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Turns the bytes of a control-mode client into replies and notifications, in whatever pieces they come. Never throws on
/// what it reads and holds at most <see cref="BodyLimit"/> plus <see cref="LineLimit"/> bytes. Not safe for several threads.
/// </summary>
/// <remarks>
/// The lines of a block are raw, so a pane can show text that looks like the end of its own capture. It ends the block
/// only with the block's own time, number and flags; a forged one leaves the true end stray, see <see cref="IsOutOfStep"/>.
/// </remarks>
internal sealed class ControlModeParser(Action<TmuxReply> onReply, Action<TmuxNotification> onNotification)
{
    /// <summary>How many bytes of a reply are kept.</summary>
    public const int BodyLimit = 8 * 1024 * 1024;

    /// <summary>How many bytes of a notification are kept; a subscription over 5,000 sessions is shorter.</summary>
    public const int LineLimit = 256 * 1024;

    // Longer than any %begin, %end or %error line.
    private const int GuardLimit = 96;

    private readonly byte[] _guard = new byte[GuardLimit];
    private readonly ArrayBufferWriter<byte> _line = new();
    private ArrayBufferWriter<byte> _body = new();
    private TmuxNotification.Output _lastOutput = new("");
    private string? _block;
    private int _bodyLineStart;
    private int _guardLength;
    private long _lineLength;
    private bool _truncated;
    private bool _skipLine;

    /// <summary>Whether something came that a well-behaved server never sends: replies can no longer be trusted to match.</summary>
    public bool IsOutOfStep { get; private set; }

    /// <summary>Takes the next bytes; calls back for everything that they complete.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..end];
            Append(piece);
            if (end < 0)
            {
                return;
            }

            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        _lineLength += piece.Length;
        if (_block is null)
        {
            AppendNotification(piece);
            return;
        }

        var guard = piece[..Math.Min(piece.Length, GuardLimit - _guardLength)];
        guard.CopyTo(_guard.AsSpan(_guardLength));
        _guardLength += guard.Length;
        var kept = piece[..Math.Min(piece.Length, BodyLimit - _body.WrittenCount)];
        _body.Write(kept);
        _truncated |= kept.Length < piece.Length;
    }

    private void AppendNotification(ReadOnlySpan<byte> piece)
    {
        if (_skipLine)
        {
            return;
        }

        var kept = piece[..Math.Min(piece.Length, LineLimit - _line.WrittenCount)];
        if (_line.WrittenCount >= GuardLimit || !MayBeOutput(_line.WrittenSpan))
        {
            _line.Write(kept);
            return;
        }

        // What a pane printed is thrown away as soon as it is known to be that.
        var head = kept[..Math.Min(kept.Length, GuardLimit - _line.WrittenCount)];
        _line.Write(head);
        if (IsOutput(_line.WrittenSpan, out _))
        {
            _skipLine = true;
        }
        else
        {
            _line.Write(kept[head.Length..]);
        }
    }

    private void EndLine()
    {
        if (_block is null)
        {
            EndNotification();
        }
        else if (_lineLength == _guardLength && EndsBlock(_guard.AsSpan(0, _guardLength), out var isError))
        {
            EndBlock(isError);
        }
        else
        {
            EndBodyLine();
        }

        _lineLength = 0;
        _guardLength = 0;
        _skipLine = false;
        _line.ResetWrittenCount();
    }

    private void EndBodyLine()
    {
        if (_body.WrittenCount < BodyLimit)
        {
            _body.Write("\n"u8);
        }
        else
        {
            _truncated = true;
        }

        _bodyLineStart = _body.WrittenCount;
    }

    private bool EndsBlock(ReadOnlySpan<byte> line, out bool isError)
    {
        isError = line.StartsWith("%error "u8);
        return (isError || line.StartsWith("%end "u8)) && Encoding.ASCII.GetString(line[(line.IndexOf((byte)' ') + 1)..]) == _block;
    }

    private void EndBlock(bool isError)
    {
        var numbers = _block!.Split(' ');
        var body = _body.WrittenMemory[..Math.Min(_bodyLineStart, _body.WrittenCount)];
        var reply = new TmuxReply(long.Parse(numbers[1], Invariant), int.Parse(numbers[2], Invariant), isError, body, _truncated);

        // The body now belongs to the reply; the next one is likely to be as long.
        _body = new ArrayBufferWriter<byte>(Math.Clamp(_body.WrittenCount, 256, 64 * 1024));
        _block = null;
        onReply(reply);
    }

    private void EndNotification()
    {
        var line = _line.WrittenSpan;
        if (IsOutput(line, out var pane))
        {
            _lastOutput = Ascii.Equals(pane, _lastOutput.PaneId) ? _lastOutput : new TmuxNotification.Output(Encoding.ASCII.GetString(pane));
            onNotification(_lastOutput);
        }
        else if (_lineLength > LineLimit)
        {
            onNotification(new TmuxNotification.Unknown("%too-long"));
        }
        else if (line.StartsWith("%begin "u8) && IsGuard(line["%begin "u8.Length..]))
        {
            _block = Encoding.ASCII.GetString(line["%begin "u8.Length..]);
            _bodyLineStart = 0;
            _truncated = false;
        }
        else if (line.StartsWith("%end "u8) || line.StartsWith("%error "u8) || line.StartsWith("%begin "u8))
        {
            IsOutOfStep = true;
        }
        else if (ControlModeNotifications.Parse(line) is { } notification)
        {
            onNotification(notification);
        }
    }

    // "<epoch> <number> <flags>"
    private static bool IsGuard(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < 3; index++)
        {
            if (!Utf8Parser.TryParse(text, out long number, out var used) || number < 0 || text[0] is (byte)'+' or (byte)'-' || (index == 2 && number > int.MaxValue))
            {
                return false;
            }

            text = text[used..];
            if (index < 2)
            {
                if (text.IsEmpty || text[0] != (byte)' ')
                {
                    return false;
                }

                text = text[1..];
            }
        }

        return text.IsEmpty;
    }

    private static bool MayBeOutput(ReadOnlySpan<byte> start) => StartsAlike(start, "%output %"u8) || StartsAlike(start, "%extended-output %"u8);

    private static bool StartsAlike(ReadOnlySpan<byte> start, ReadOnlySpan<byte> prefix) =>
        start.Length < prefix.Length ? prefix.StartsWith(start) : start.StartsWith(prefix);

    private static bool IsOutput(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> pane)
    {
        pane = default;
        if (!line.StartsWith("%output %"u8) && !line.StartsWith("%extended-output %"u8))
        {
            return false;
        }

        var id = line[(line.IndexOf((byte)' ') + 1)..];
        var end = id.IndexOf((byte)' ');
        pane = end < 0 ? default : id[..end];
        return end is > 1 and < 20;
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;
}
