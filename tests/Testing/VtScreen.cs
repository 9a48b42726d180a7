using System.Globalization;
using System.Text;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Testing;

/// <summary>
/// A terminal in memory that understands exactly what a frame may contain and throws on anything else, so it also proves
/// what is never sent: no line feed, no scrolling, no wrap, no unknown sequence, no erasure in colour.
/// </summary>
internal sealed class VtScreen
{
    private Style _pen;
    private Decoration _decoration;
    private int _x;
    private int _y;
    private bool _isUpdating;
    private bool _wraps = true;
    private bool _showsCursor = true;

    /// <summary>A blank screen whose cells point into <paramref name="tables"/>.</summary>
    public VtScreen(CellSize size, CellTables tables) => Screen = new ScreenBuffer(size, tables);

    /// <summary>What it shows.</summary>
    public ScreenBuffer Screen { get; }

    /// <summary>Cursor, title and mouse as they were set.</summary>
    public ScreenState State => new(_showsCursor ? new Position(_x, _y) : null, Title, Mouse);

    private string Title { get; set; } = "";

    private bool Mouse { get; set; }

    /// <summary>Applies one frame.</summary>
    public void Apply(ReadOnlySpan<byte> frame)
    {
        var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(frame);
        for (var at = 0; at < text.Length;)
        {
            at = text[at] == '\e' ? Escape(text, at + 1) : Print(text, at);
        }

        if (_isUpdating || !_wraps || _pen != default || _decoration != default)
        {
            throw Unexpected("a frame that leaves its pen, its wrap mode or its update open");
        }
    }

    private static InvalidOperationException Unexpected(string what) => new($"The frame contains {what}.");

    private int Print(string text, int at)
    {
        var end = text.IndexOf('\e', at);
        end = end < 0 ? text.Length : end;
        while (at < end)
        {
            var cluster = text.AsSpan(at, Grapheme.NextLength(text.AsSpan(at, end - at)));
            var width = CellWidth.Of(cluster);
            if (width == 0 || _x + width > Screen.Size.Width || !_isUpdating || _wraps)
            {
                throw Unexpected($"the text '{cluster}' of width {width} at column {_x}");
            }

            new Surface(Screen).Put(_x, _y, Screen.Tables.Glyphs.Intern(cluster), width, _pen, Screen.Tables.Decorations.Intern(_decoration));
            _x += width;
            at += cluster.Length;
        }

        return at;
    }

    private int Escape(string text, int at)
    {
        switch (text[at])
        {
            case '[':
                var final = at + 1;
                while (text[final] is >= '0' and <= '?')
                {
                    final++;
                }

                Control(text[(at + 1)..final], text[final]);
                return final + 1;
            case ']':
                var end = text.IndexOf("\e\\", at, StringComparison.Ordinal);
                Command(text[(at + 1)..end]);
                return end + 2;
            case '(' when text[at + 1] == 'B':
                return at + 2;
            default:
                throw Unexpected($"ESC {text[at]}");
        }
    }

    private void Command(string command)
    {
        if (command.StartsWith("2;", StringComparison.Ordinal))
        {
            Title = command[2..];
        }
        else if (command.StartsWith("8;;", StringComparison.Ordinal))
        {
            _decoration = _decoration with { Link = command.Length > 3 ? command[3..] : null };
        }
        else
        {
            throw Unexpected($"OSC {command}");
        }
    }

    private void Control(string parameters, char final)
    {
        switch (final)
        {
            case 'H':
                var place = parameters.Split(';');
                MoveTo(place.Length > 1 ? Number(place[1]) - 1 : 0, parameters.Length > 0 ? Number(place[0]) - 1 : 0);
                break;
            case 'C':
                MoveTo(_x + (parameters.Length == 0 ? 1 : Number(parameters)), _y);
                break;
            case 'K' when parameters.Length == 0 && _pen == default && _decoration == default:
                new Surface(Screen).Fill(new Rect(_x, _y, Screen.Size.Width - _x, 1), default);
                break;
            case 'J' when parameters == "2" && _pen == default && _decoration == default:
                Screen.Clear();
                break;
            case 'm':
                foreach (var parameter in Parameters(parameters))
                {
                    Render(parameter);
                }

                break;
            case 'h' or 'l':
                Mode(parameters, final == 'h');
                break;
            default:
                throw Unexpected($"CSI {parameters} {final}");
        }
    }

    private void MoveTo(int x, int y)
    {
        if (!Screen.Bounds.Contains(new Position(x, y)))
        {
            throw Unexpected($"a move to {x},{y}");
        }

        (_x, _y) = (x, y);
    }

    private void Mode(string mode, bool isOn)
    {
        switch (mode)
        {
            case "?2026": _isUpdating = isOn; break;
            case "?25": _showsCursor = isOn; break;
            case "?7": _wraps = isOn; break;
            case "?1002" or "?1006": Mouse = isOn; break;
            default: throw Unexpected($"mode {mode}");
        }
    }

    // "38;2;1;2;3" belongs together although it is written with semicolons.
    private static IEnumerable<int[]> Parameters(string text)
    {
        var parts = text.Split(';');
        for (var index = 0; index < parts.Length; index++)
        {
            var taken = parts[index] is "38" or "48" ? (parts[index + 1] == "2" ? 5 : 3) : 1;
            yield return taken > 1
                ? [.. parts.Skip(index).Take(taken).Select(Number)]
                : [.. parts[index].Split(':').Select(part => part.Length == 0 ? 0 : Number(part))];
            index += taken - 1;
        }
    }

    private void Render(int[] code)
    {
        var attributes = _pen.Attributes;
        switch (code)
        {
            case [0]: (_pen, _decoration) = (default, _decoration with { UnderlineColor = default }); return;
            case [1]: attributes |= CellAttributes.Bold; break;
            case [2]: attributes |= CellAttributes.Dim; break;
            case [3]: attributes |= CellAttributes.Italic; break;
            case [4]: attributes = attributes & ~CellAttributes.UnderlineMask | CellAttributes.Underline; break;
            case [4, >= 2 and <= 5]: attributes = attributes & ~CellAttributes.UnderlineMask | (CellAttributes)(code[1] << 8); break;
            case [5]: attributes |= CellAttributes.Blink; break;
            case [7]: attributes |= CellAttributes.Reverse; break;
            case [8]: attributes |= CellAttributes.Hidden; break;
            case [9]: attributes |= CellAttributes.Strike; break;
            case [22]: attributes &= ~(CellAttributes.Bold | CellAttributes.Dim); break;
            case [23]: attributes &= ~CellAttributes.Italic; break;
            case [24]: attributes &= ~CellAttributes.UnderlineMask; break;
            case [25]: attributes &= ~CellAttributes.Blink; break;
            case [27]: attributes &= ~CellAttributes.Reverse; break;
            case [28]: attributes &= ~CellAttributes.Hidden; break;
            case [29]: attributes &= ~CellAttributes.Strike; break;
            case [53]: attributes |= CellAttributes.Overline; break;
            case [55]: attributes &= ~CellAttributes.Overline; break;
            case [58, 5, _]: _decoration = _decoration with { UnderlineColor = Color.FromIndex((byte)code[2]) }; break;
            case [58, 2, 0, _, _, _]: _decoration = _decoration with { UnderlineColor = Color.FromRgb((byte)code[3], (byte)code[4], (byte)code[5]) }; break;
            case [59]: _decoration = _decoration with { UnderlineColor = default }; break;
            default: RenderColor(code); break;
        }

        _pen = _pen with { Attributes = attributes };
    }

    private void RenderColor(int[] code)
    {
        var color = code switch
        {
            [39 or 49] => Color.Default,
            [>= 30 and <= 37 or >= 40 and <= 47] => Color.FromIndex((byte)(code[0] % 10)),
            [>= 90 and <= 97 or >= 100 and <= 107] => Color.FromIndex((byte)(code[0] % 10 + 8)),
            [38 or 48, 5, _] => Color.FromIndex((byte)code[2]),
            [38 or 48, 2, _, _, _] => Color.FromRgb((byte)code[2], (byte)code[3], (byte)code[4]),
            _ => throw Unexpected($"SGR {string.Join(':', code)}"),
        };
        _pen = code[0] is >= 30 and < 40 or >= 90 and < 100 ? _pen with { Foreground = color } : _pen with { Background = color };
    }

    private static int Number(string text) => text.Length == 0 ? 0 : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
