using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Terminal.Export;

/// <summary>
/// Box drawing and block characters as shapes that fill their cells, so that borders meet whatever font the viewer has.
/// Dashed, double and mixed lines are left to the font.
/// </summary>
internal static class SvgDrawing
{
    private const string Light = "─│┌┐└┘├┤┬┴┼╭╮╰╯╴╵╶╷";
    private const string Heavy = "━┃┏┓┗┛┣┫┳┻╋╸╹╺╻";

    // For each character of the two strings which arms it has: left, right, up, down.
    private static readonly string[] LightArms = ["lr", "ud", "rd", "ld", "ru", "lu", "rud", "lud", "lrd", "lru", "lrud", "rd", "ld", "ru", "lu", "l", "u", "r", "d"];
    private static readonly string[] HeavyArms = ["lr", "ud", "rd", "ld", "ru", "lu", "rud", "lud", "lrd", "lru", "lrud", "l", "u", "r", "d"];

    /// <summary>Whether a character is drawn, and how.</summary>
    public static SvgShape ShapeOf(int glyph) => glyph switch
    {
        < 0x2500 or > 0x259F => SvgShape.Text,
        >= 0x2580 and <= 0x2590 or 0x2594 or 0x2595 => SvgShape.Block,
        _ => Light.Contains((char)glyph) ? SvgShape.LightLine : Heavy.Contains((char)glyph) ? SvgShape.HeavyLine : SvgShape.Text,
    };

    /// <summary>Adds the path data of a line character in the cell at a place; the same character several times in a row may be one wide cell if it is a horizontal line.</summary>
    public static void Line(StringBuilder path, int glyph, double x, double y, double width, double height)
    {
        var light = Light.IndexOf((char)glyph, StringComparison.Ordinal);
        var arms = light >= 0 ? LightArms[light] : HeavyArms[Heavy.IndexOf((char)glyph, StringComparison.Ordinal)];
        var (middle, center) = (x + width / 2, y + height / 2);
        if (glyph is >= '╭' and <= '╰')
        {
            // A quarter of a circle between two straight ends.
            var radius = width / 2;
            var (side, end) = (arms[0] == 'r' ? 1 : -1, arms[1] == 'd' ? 1 : -1);
            Add(path, $"M{middle:0.##} {center + end * height / 2:0.##}V{center + end * radius:0.##}Q{middle:0.##} {center:0.##} {middle + side * radius:0.##} {center:0.##}");
            return;
        }

        if (arms.Contains('l') || arms.Contains('r'))
        {
            Add(path, $"M{(arms.Contains('l') ? x : middle):0.##} {center:0.##}H{(arms.Contains('r') ? x + width : middle):0.##}");
        }

        if (arms.Contains('u') || arms.Contains('d'))
        {
            Add(path, $"M{middle:0.##} {(arms.Contains('u') ? y : center):0.##}V{(arms.Contains('d') ? y + height : center):0.##}");
        }
    }

    /// <summary>Adds the outline of the part of the cell that a block character fills.</summary>
    public static void Block(StringBuilder path, int glyph, double x, double y, double width, double height)
    {
        var (left, top, right, bottom) = glyph switch
        {
            0x2580 => (0, 0, 8, 4),
            >= 0x2581 and <= 0x2588 => (0, 0x2588 - glyph, 8, 8),
            >= 0x2589 and <= 0x258F => (0, 0, 0x2590 - glyph, 8),
            0x2590 => (4, 0, 8, 8),
            0x2594 => (0, 0, 8, 1),
            _ => (7, 0, 8, 8),
        };
        Add(path, $"M{x + width * left / 8:0.##} {y + height * top / 8:0.##}H{x + width * right / 8:0.##}V{y + height * bottom / 8:0.##}H{x + width * left / 8:0.##}Z");
    }

    private static void Add(StringBuilder path, FormattableString data) => path.Append(data.ToString(CultureInfo.InvariantCulture));
}
