namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>How a cell is drawn, and whether it is one half of a wide character.</summary>
[Flags]
internal enum CellAttributes : ushort
{
    /// <summary>Plain.</summary>
    None = 0,

    /// <summary>SGR 1.</summary>
    Bold = 1 << 0,

    /// <summary>SGR 2.</summary>
    Dim = 1 << 1,

    /// <summary>SGR 3.</summary>
    Italic = 1 << 2,

    /// <summary>SGR 5.</summary>
    Blink = 1 << 3,

    /// <summary>SGR 7.</summary>
    Reverse = 1 << 4,

    /// <summary>SGR 8.</summary>
    Hidden = 1 << 5,

    /// <summary>SGR 9.</summary>
    Strike = 1 << 6,

    /// <summary>SGR 53.</summary>
    Overline = 1 << 7,

    /// <summary>SGR 4 or 4:1.</summary>
    Underline = 1 << 8,

    /// <summary>SGR 4:2.</summary>
    DoubleUnderline = 2 << 8,

    /// <summary>SGR 4:3.</summary>
    CurlyUnderline = 3 << 8,

    /// <summary>SGR 4:4.</summary>
    DottedUnderline = 4 << 8,

    /// <summary>SGR 4:5.</summary>
    DashedUnderline = 5 << 8,

    /// <summary>The three bits that hold the underline's style.</summary>
    UnderlineMask = 7 << 8,

    /// <summary>The left half of a character that is two cells wide.</summary>
    WideLead = 1 << 12,

    /// <summary>The right half of a character that is two cells wide; it has no glyph of its own.</summary>
    WideTail = 1 << 13,

    /// <summary>The two bits about wide characters, which no style may set.</summary>
    WidthMask = WideLead | WideTail,
}
