using System.Buffers;
using System.Text;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>Collects a bracketed paste up to its end marker, byte by byte. At most <see cref="Limit"/> bytes are kept.</summary>
internal sealed class PasteBuffer
{
    /// <summary>How many bytes of a paste are kept; the rest is dropped.</summary>
    public const int Limit = 1024 * 1024;

    private static readonly byte[] EndMarker = "\e[201~"u8.ToArray();

    private ArrayBufferWriter<byte> _bytes = new();
    private int _matched;

    /// <summary>Takes one byte; true when it completed the end marker.</summary>
    public bool Add(byte value)
    {
        if (value == EndMarker[_matched])
        {
            _matched++;
            return _matched == EndMarker.Length;
        }

        // Only the marker's first byte is Escape, so a failed match can only start anew with this byte.
        for (var index = 0; index < _matched; index++)
        {
            Keep(EndMarker[index]);
        }

        _matched = value == EndMarker[0] ? 1 : 0;
        if (_matched == 0)
        {
            Keep(value);
        }

        return false;
    }

    /// <summary>Returns the text and empties the buffer: line ends become LF, control characters other than tab and LF are dropped.</summary>
    public string Take()
    {
        var text = Encoding.UTF8.GetString(_bytes.WrittenSpan);
        _bytes = new ArrayBufferWriter<byte>();
        _matched = 0;
        var clean = new StringBuilder(text.Length);
        foreach (var character in text.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            if (character == '\r')
            {
                clean.Append('\n');
            }
            else if (character is '\n' or '\t' || !char.IsControl(character))
            {
                clean.Append(character);
            }
        }

        return clean.ToString();
    }

    private void Keep(byte value)
    {
        if (_bytes.WrittenCount < Limit)
        {
            _bytes.Write([value]);
        }
    }
}
