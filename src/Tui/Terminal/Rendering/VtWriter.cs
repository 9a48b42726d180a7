using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AgentDeck.Tui.Terminal.Rendering;

/// <summary>Appends bytes to a buffer writer in large steps, without allocation. Call <see cref="Flush"/> at the end.</summary>
internal ref struct VtWriter(IBufferWriter<byte> output)
{
    // More than any single piece written here: a link of 2 KiB, a cluster, a number.
    private const int Reserve = 4096;

    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _span;
    private int _used;

    /// <summary>Appends bytes, at most 4 KiB.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Ensure();
        bytes.CopyTo(_span[_used..]);
        _used += bytes.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Byte(char ascii)
    {
        Ensure();
        _span[_used++] = (byte)ascii;
    }

    /// <summary>Appends a number in decimal.</summary>
    public void Number(int value)
    {
        Ensure();
        Utf8Formatter.TryFormat(value, _span[_used..], out var written);
        _used += written;
    }

    /// <summary>Appends a code point in UTF-8.</summary>
    public void Rune(int codePoint)
    {
        if (codePoint < 0x80)
        {
            Byte((char)codePoint);
            return;
        }

        Ensure();
        _used += new Rune(codePoint).EncodeToUtf8(_span[_used..]);
    }

    /// <summary>Appends a text in UTF-8, at most 1,300 UTF-16 units, or 4,000 of ASCII.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        Ensure();
        _used += Encoding.UTF8.GetBytes(text, _span[_used..]);
    }

    /// <summary>Hands everything to the buffer writer.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            _output.Advance(_used);
        }

        _used = 0;
        _span = default;
    }

    private void Ensure()
    {
        if (_span.Length - _used < Reserve)
        {
            Flush();
            _span = _output.GetSpan(4 * Reserve);
        }
    }
}
