using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Rendering;

/// <summary>The 24-bit values of the 256 indexed colours: xterm's 16, a cube of 6×6×6 and 24 grays.</summary>
internal static class XtermPalette
{
    private static readonly int[] Sixteen =
    [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ];

    private static readonly Color[] Colors = [.. Enumerable.Range(0, 256).Select(Compute)];

    /// <summary>The colour at an index.</summary>
    public static Color Rgb(byte index) => Colors[index];

    private static Color Compute(int index)
    {
        if (index < 16)
        {
            return Color.FromRgb((byte)(Sixteen[index] >> 16), (byte)(Sixteen[index] >> 8), (byte)Sixteen[index]);
        }

        if (index >= 232)
        {
            var gray = (byte)(8 + 10 * (index - 232));
            return Color.FromRgb(gray, gray, gray);
        }

        var cube = index - 16;
        return Color.FromRgb(Level(cube / 36), Level(cube / 6 % 6), Level(cube % 6));
    }

    private static byte Level(int step) => (byte)(step == 0 ? 0 : 55 + 40 * step);
}
