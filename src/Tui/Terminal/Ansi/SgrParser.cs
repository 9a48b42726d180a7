using System.Globalization;
using System.Text;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Ansi;

/// <summary>
/// Turns what <c>capture-pane -p -e</c> printed into cells. The bytes come from an agent and are hostile: SGR and OSC 8
/// links are understood, every other sequence is dropped whole, broken UTF-8, C1 codes and unassigned code points
/// become U+FFFD, other control and format characters vanish. Never throws; time is linear in the bytes.
/// </summary>
/// <remarks>
/// As tmux prints it, colours and attributes last across row ends and SO/SI bracket line-drawing characters (tried with
/// tmux 3.3a); links do not cross row ends.
/// </remarks>
internal ref struct SgrParser
{
    /// <summary>The most cells of a row; what follows is dropped.</summary>
    public const int LongestRow = 1024;

    /// <summary>The most rows; of more the last ones are kept.</summary>
    public const int MostRows = 20_000;

    private const int TabWidth = 8;
    private const int Replacement = 0xFFFD;
    private const byte Escape = 0x1b;
    private const int FirstLine = 0x2500;
    private const int LastBlockElement = 0x259f;
    private const int FirstIdeograph = 0x4e00;
    private const int LastIdeograph = 0x9fff;

    private readonly ReadOnlySpan<byte> _content;
    private readonly CellTables _tables;
    private readonly Span<Cell> _row;
    private readonly Span<char> _text;
    private int _at;
    private int _column;
    private SgrState _state;
    private string? _link;
    private bool _lineDrawing;
    private Cell _pen;
    private bool _isPenReady;

    private SgrParser(ReadOnlySpan<byte> content, CellTables tables, Span<Cell> row, Span<char> text)
    {
        _content = content;
        _tables = tables;
        _row = row;
        _text = text;
    }

    /// <summary>Parses a capture: one array of cells for each row, as long as the row's text, never longer than <paramref name="maxColumns"/>.</summary>
    /// <param name="content">Rows that end with LF each; a last one without it counts too.</param>
    /// <param name="tables">Where clusters, links and underline colours are interned.</param>
    /// <param name="maxColumns">The pane's width, or <see cref="LongestRow"/> when it is not known.</param>
    public static Cell[][] Parse(ReadOnlySpan<byte> content, CellTables tables, int maxColumns)
    {
        Span<Cell> row = stackalloc Cell[Math.Clamp(maxColumns, 1, LongestRow)];
        Span<char> text = stackalloc char[256];
        return new SgrParser(content, tables, row, text).ParseRows();
    }

    private Cell[][] ParseRows()
    {
        var count = _content.Count((byte)'\n') + (_content.IsEmpty || _content[^1] == '\n' ? 0 : 1);
        var skipped = Math.Max(0, count - MostRows);
        var rows = new Cell[count - skipped][];
        for (var index = 0; index < count; index++)
        {
            _column = 0;
            SetLink(null);
            ParseRow();
            if (index >= skipped)
            {
                rows[index - skipped] = _row[.._column].ToArray();
            }
        }

        return rows;
    }

    // Up to and with the line feed.
    private void ParseRow()
    {
        while (_at < _content.Length)
        {
            var value = _content[_at];
            switch (value)
            {
                case (byte)'\n':
                    _at++;
                    return;
                case Escape:
                    ApplySequence(EscapeSequence.At(_content, _at));
                    break;
                case (byte)'\t':
                    _at++;
                    Tab();
                    break;
                case 0x0e or 0x0f:
                    _at++;
                    _lineDrawing = value == 0x0e;
                    break;
                case < 0x20 or 0x7f:
                    _at++;
                    break;
                case < 0x80 when !IsBeforeWideByte():
                    ParseAscii();
                    break;
                default:
                    ParseText();
                    break;
            }
        }
    }

    // A character followed by one outside ASCII may be the base of a cluster.
    private readonly bool IsBeforeWideByte() => _at + 1 < _content.Length && _content[_at + 1] >= 0x80;

    private void ApplySequence(EscapeSequence sequence)
    {
        _at = sequence.Next;
        var content = _content[sequence.Start..sequence.End];
        if (sequence.Kind == '[' && _content[sequence.End] == 'm')
        {
            _state.Apply(content);
            _isPenReady = false;
        }
        else if (sequence.Kind == ']' && content.StartsWith("8;"u8))
        {
            SetLink(LinkTarget.FromOsc(content));
        }
    }

    private void SetLink(string? link)
    {
        _link = link;
        _isPenReady = false;
    }

    private void Tab()
    {
        var stop = Math.Min((_column / TabWidth + 1) * TabWidth, _row.Length);
        while (_column < stop)
        {
            Put(0, 1);
        }
    }

    // Up to the first byte that is no printable ASCII, or the one before it when that may be the base of a cluster.
    private void ParseAscii()
    {
        var text = _content[_at..];
        var length = text.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        length = length < 0 ? text.Length : text[length] >= 0x80 ? length - 1 : length;
        _at += length;
        var pen = Pen();
        foreach (var value in text[..Math.Min(length, _row.Length - _column)])
        {
            _row[_column++] = pen with { Glyph = _lineDrawing ? LineDrawing.Glyph(value) : value == ' ' ? 0 : value };
        }
    }

    // A run in which clusters may be of several code points. Only whole clusters are taken from the buffer while more may follow.
    private void ParseText()
    {
        var length = 0;
        while (_at < _content.Length && (_content[_at] >= 0x80 || (_content[_at] is >= 0x20 and < 0x7f && IsBeforeWideByte())))
        {
            Rune.DecodeFromUtf8(_content[_at..], out var rune, out var consumed);
            _at += consumed;
            if (StandsAlone(rune.Value))
            {
                length = PutClusters(length, keepLast: false);
                Put(rune.Value, rune.Value <= LastBlockElement ? 1 : 2);
                continue;
            }

            length += rune.EncodeToUtf16(_text[length..]);
            if (length > _text.Length - 2)
            {
                length = PutClusters(length, keepLast: true);
            }
        }

        PutClusters(length, keepLast: false);
    }

    // Lines, blocks and ideographs are the bulk of what is not ASCII. They join nothing before them, and only a mark can join
    // them: neither ASCII nor another of them is one (UTF-8 E2 94 to E2 96, and E4 to E9).
    private readonly bool StandsAlone(int codePoint)
    {
        if (codePoint is not ((>= FirstLine and <= LastBlockElement) or (>= FirstIdeograph and <= LastIdeograph)))
        {
            return false;
        }

        var rest = _content[_at..];
        return rest.IsEmpty || rest[0] is < 0x80 or (>= 0xe4 and <= 0xe9) || (rest.Length > 1 && rest[0] == 0xe2 && rest[1] is >= 0x94 and <= 0x96);
    }

    // Returns how many characters are left at the buffer's start.
    private int PutClusters(int length, bool keepLast)
    {
        var start = 0;
        while (start < length)
        {
            var cluster = _text[start..length];
            cluster = cluster[..StringInfo.GetNextTextElementLength(cluster)];
            if (keepLast && start > 0 && start + cluster.Length == length)
            {
                // A cluster that fills the whole buffer is not kept: the rest of a combining flood stands alone and has no width.
                cluster.CopyTo(_text);
                return cluster.Length;
            }

            PutCluster(cluster);
            start += cluster.Length;
        }

        return 0;
    }

    private void PutCluster(ReadOnlySpan<char> cluster)
    {
        Rune.DecodeFromUtf16(cluster, out var first, out _);
        switch (Rune.GetUnicodeCategory(first))
        {
            case UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned:
                Put(Replacement, 1);
                break;
            case UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                // A mark without a base: the rest of a flood, or one cut off from its base by a sequence.
                break;
            default:
                Put(_tables.Glyphs.Intern(cluster), CellWidth.Of(cluster));
                break;
        }
    }

    private void Put(int glyph, int width)
    {
        if (width == 0 || _column >= _row.Length)
        {
            return;
        }

        if (_column + width > _row.Length)
        {
            // The half of a wide character that would fit stays blank.
            glyph = 0;
            width = 1;
        }

        var cell = Pen() with { Glyph = glyph };
        if (width == 2)
        {
            _row[_column++] = cell with { Attributes = cell.Attributes | CellAttributes.WideLead };
            cell = cell with { Glyph = 0, Attributes = cell.Attributes | CellAttributes.WideTail };
        }

        _row[_column++] = cell;
    }

    // Made when something is written: a sequence without text after it takes no place in the tables.
    private Cell Pen()
    {
        if (!_isPenReady)
        {
            var decoration = _tables.Decorations.Intern(new Decoration(_state.UnderlineColor, _link));
            _pen = new Cell(0, _state.Foreground, _state.Background, _state.Attributes, decoration);
            _isPenReady = true;
        }

        return _pen;
    }
}
