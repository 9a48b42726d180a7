using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.ViewModels;

/// <summary>Reads rows of cells as text, with the column of every character. Reuses its buffers: one instance, one thread.</summary>
internal sealed class RowText(CellTables tables)
{
    private char[] _text = new char[256];
    private int[] _columns = new int[256];
    private int _length;

    /// <summary>The text of the row that was read last, without blanks at its end. Valid until the next one is read.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>Reads a row.</summary>
    public RowText Read(ReadOnlySpan<Cell> row)
    {
        _length = 0;
        for (var column = 0; column < row.Length; column++)
        {
            if ((row[column].Attributes & CellAttributes.WideTail) == 0)
            {
                Append(row[column].Glyph, column);
            }
        }

        while (_length > 0 && _text[_length - 1] == ' ')
        {
            _length--;
        }

        return this;
    }

    /// <summary>The column in which the character at an index stands; at the end of the text the column after it.</summary>
    public int ColumnOf(int index) => index < _length ? _columns[index] : _length == 0 ? 0 : _columns[_length - 1] + 1;

    /// <summary>Where a text stands at or after an index, or -1. Upper and lower case are the same unless the text has upper case.</summary>
    public int IndexOf(string search, int from = 0)
    {
        if (from >= _length)
        {
            return -1;
        }

        var comparison = search.AsSpan().ContainsAnyInRange('A', 'Z') ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var found = Text[from..].IndexOf(search, comparison);
        return found < 0 ? -1 : from + found;
    }

    private void Append(int glyph, int column)
    {
        Span<char> pair = stackalloc char[2];
        ReadOnlySpan<char> text = glyph switch
        {
            0 => " ",
            < 0 => tables.Glyphs.Cluster(glyph),
            _ => (ReadOnlySpan<char>)pair[..new System.Text.Rune(glyph).EncodeToUtf16(pair)],
        };
        if (_length + text.Length > _text.Length)
        {
            Array.Resize(ref _text, _text.Length * 2 + text.Length);
            Array.Resize(ref _columns, _text.Length);
        }

        text.CopyTo(_text.AsSpan(_length));
        _columns.AsSpan(_length, text.Length).Fill(column);
        _length += text.Length;
    }
}
