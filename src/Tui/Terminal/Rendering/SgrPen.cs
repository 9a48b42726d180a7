using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Rendering;

/// <summary>Knows the graphic rendition that the terminal has and sends only what differs (ECMA-48 SGR, OSC 8). Starts plain.</summary>
internal ref struct SgrPen
{
    private const CellAttributes Weight = CellAttributes.Bold | CellAttributes.Dim;

    private Style _style;
    private Color _underlineColor;
    private string? _link;
    private bool _isOpen;

    /// <summary>The style that the terminal writes with now.</summary>
    public readonly Style Style => _style;

    /// <summary>Whether the terminal writes without a link and without an underline colour.</summary>
    public readonly bool IsUndecorated => _underlineColor.IsDefault && _link is null;

    /// <summary>Makes the terminal write in this style; colours already reduced, no width bits.</summary>
    public void Use(ref VtWriter writer, Style style, Decoration decoration)
    {
        if (decoration.Link != _link)
        {
            _link = decoration.Link;
            writer.Bytes("\e]8;;"u8);
            writer.Text(_link);
            writer.Bytes("\e\\"u8);
        }

        if (style == _style && decoration.UnderlineColor == _underlineColor)
        {
            return;
        }

        if (style == default && decoration.UnderlineColor.IsDefault)
        {
            writer.Bytes("\e[m"u8);
        }
        else
        {
            Attributes(ref writer, style.Attributes);
            Colors(ref writer, style, decoration.UnderlineColor);
            Close(ref writer);
        }

        _style = style;
        _underlineColor = decoration.UnderlineColor;
    }

    private void Attributes(ref VtWriter writer, CellAttributes wanted)
    {
        var has = _style.Attributes;
        if ((has & ~wanted & Weight) != 0)
        {
            // One code takes away both.
            Parameter(ref writer, 22);
            has &= ~Weight;
        }

        Toggle(ref writer, has, wanted, CellAttributes.Bold, 1, 22);
        Toggle(ref writer, has, wanted, CellAttributes.Dim, 2, 22);
        Toggle(ref writer, has, wanted, CellAttributes.Italic, 3, 23);
        Toggle(ref writer, has, wanted, CellAttributes.Blink, 5, 25);
        Toggle(ref writer, has, wanted, CellAttributes.Reverse, 7, 27);
        Toggle(ref writer, has, wanted, CellAttributes.Hidden, 8, 28);
        Toggle(ref writer, has, wanted, CellAttributes.Strike, 9, 29);
        Toggle(ref writer, has, wanted, CellAttributes.Overline, 53, 55);

        var underline = (int)(wanted & CellAttributes.UnderlineMask) >> 8;
        if (underline != (int)(has & CellAttributes.UnderlineMask) >> 8)
        {
            Parameter(ref writer, underline == 0 ? 24 : 4);
            if (underline > 1)
            {
                writer.Byte(':');
                writer.Number(underline);
            }
        }
    }

    private void Colors(ref VtWriter writer, Style style, Color underline)
    {
        if (style.Foreground != _style.Foreground)
        {
            Color(ref writer, style.Foreground, 30);
        }

        if (style.Background != _style.Background)
        {
            Color(ref writer, style.Background, 40);
        }

        if (underline == _underlineColor)
        {
            return;
        }

        // With colons, so that a terminal without underline colours does not take the parts for codes of their own.
        Parameter(ref writer, underline.IsDefault ? 59 : 58);
        if (underline.IsIndexed)
        {
            writer.Bytes(":5:"u8);
            writer.Number(underline.Index);
        }
        else if (underline.IsRgb)
        {
            writer.Bytes(":2::"u8);
            Triple(ref writer, underline, ':');
        }
    }

    private void Color(ref VtWriter writer, Color color, int first)
    {
        if (color.IsDefault)
        {
            Parameter(ref writer, first + 9);
        }
        else if (color.IsIndexed && color.Index < 16)
        {
            Parameter(ref writer, color.Index < 8 ? first + color.Index : first + 52 + color.Index);
        }
        else if (color.IsIndexed)
        {
            Parameter(ref writer, first + 8);
            writer.Bytes(";5;"u8);
            writer.Number(color.Index);
        }
        else
        {
            Parameter(ref writer, first + 8);
            writer.Bytes(";2;"u8);
            Triple(ref writer, color, ';');
        }
    }

    private static void Triple(ref VtWriter writer, Color color, char separator)
    {
        writer.Number(color.Red);
        writer.Byte(separator);
        writer.Number(color.Green);
        writer.Byte(separator);
        writer.Number(color.Blue);
    }

    private void Toggle(ref VtWriter writer, CellAttributes has, CellAttributes wanted, CellAttributes attribute, int on, int off)
    {
        if ((has & attribute) != (wanted & attribute))
        {
            Parameter(ref writer, (wanted & attribute) != 0 ? on : off);
        }
    }

    private void Parameter(ref VtWriter writer, int value)
    {
        writer.Bytes(_isOpen ? ";"u8 : "\e["u8);
        _isOpen = true;
        writer.Number(value);
    }

    private void Close(ref VtWriter writer)
    {
        if (_isOpen)
        {
            writer.Byte('m');
        }

        _isOpen = false;
    }
}
