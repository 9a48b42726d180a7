using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Rendering;

/// <summary>
/// Maps colours to the nearest ones that a terminal of less depth shows. Pure, without allocation. The 16 colours of the
/// palette are taken at the values of xterm, because a terminal does not tell its own.
/// </summary>
internal static class ColorReduction
{
    private static readonly byte[] IndexedToSixteen = [.. Enumerable.Range(0, 256).Select(index => NearestOfSixteen(XtermPalette.Rgb((byte)index)))];

    /// <summary>The colour at a depth.</summary>
    public static Color Reduce(Color color, ColorDepth depth) => depth switch
    {
        _ when color.IsDefault => color,
        ColorDepth.TrueColor => color,
        ColorDepth.Indexed => color.IsRgb ? Color.FromIndex(NearestIndex(color)) : color,
        ColorDepth.Sixteen => Color.FromIndex(color.IsRgb ? NearestOfSixteen(color) : IndexedToSixteen[color.Index]),
        _ => Color.Default,
    };

    /// <summary>
    /// A style at a depth. Text keeps apart from its background even where both have the same nearest colour; underlines are
    /// plain where there are no more than 16 colours, because such terminals misread the other kinds.
    /// </summary>
    public static Style Reduce(Style style, ColorDepth depth)
    {
        if (depth == ColorDepth.TrueColor)
        {
            return style;
        }

        var foreground = Reduce(style.Foreground, depth);
        var background = Reduce(style.Background, depth);
        if (foreground == background && style.Foreground != style.Background && foreground.IsIndexed)
        {
            foreground = Color.FromIndex(Luminance(XtermPalette.Rgb(background.Index)) > 127 ? (byte)0 : (byte)15);
        }

        var attributes = depth <= ColorDepth.Sixteen && (style.Attributes & CellAttributes.UnderlineMask) != 0
            ? (style.Attributes & ~CellAttributes.UnderlineMask) | CellAttributes.Underline
            : style.Attributes;
        return new Style(foreground, background, attributes);
    }

    private static int Luminance(Color color) => (299 * color.Red + 587 * color.Green + 114 * color.Blue) / 1000;

    private static byte NearestIndex(Color color)
    {
        var cube = (byte)(16 + 36 * CubeLevel(color.Red) + 6 * CubeLevel(color.Green) + CubeLevel(color.Blue));
        var average = (color.Red + color.Green + color.Blue) / 3;
        var gray = (byte)(232 + Math.Clamp((average - 3) / 10, 0, 23));
        return Distance(color, XtermPalette.Rgb(gray)) < Distance(color, XtermPalette.Rgb(cube)) ? gray : cube;
    }

    private static byte NearestOfSixteen(Color color)
    {
        var nearest = 0;
        for (var index = 1; index < 16; index++)
        {
            if (Distance(color, XtermPalette.Rgb((byte)index)) < Distance(color, XtermPalette.Rgb((byte)nearest)))
            {
                nearest = index;
            }
        }

        return (byte)nearest;
    }

    private static int CubeLevel(int value) => value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;

    // Weighted by how strongly the eye sees each of the three.
    private static int Distance(Color one, Color other)
    {
        var (red, green, blue) = (one.Red - other.Red, one.Green - other.Green, one.Blue - other.Blue);
        return 3 * red * red + 6 * green * green + blue * blue;
    }
}
