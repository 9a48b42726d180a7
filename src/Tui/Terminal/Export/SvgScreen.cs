using System.Globalization;
using System.Text;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Tui.Terminal.Export;

/// <summary>
/// A screen as an SVG picture: a monospace grid with a margin and round corners. Every run of text is held to its cells and
/// lines are drawn, so that it looks the same whatever font the viewer has. Pure.
/// </summary>
internal static class SvgScreen
{
    private const int CellHeight = 20;
    private const int Margin = 14;
    private const int Baseline = 15;
    private const double CellWidth = 9;

    /// <summary>The whole document.</summary>
    public static string Render(ScreenBuffer screen, SvgOptions options)
    {
        var svg = new StringBuilder();
        var width = Number(screen.Size.Width * CellWidth + 2 * Margin);
        var height = screen.Size.Height * CellHeight + 2 * Margin;
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n");
        svg.Append("<title>").Append(Escape(options.Title)).Append("</title>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{Hex(options.Background)}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({Margin} {Margin})\" font-family=\"ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n");
        for (var y = 0; y < screen.Size.Height; y++)
        {
            Backgrounds(svg, screen, y, options);
        }

        for (var y = 0; y < screen.Size.Height; y++)
        {
            Texts(svg, screen, y, options);
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    private static void Backgrounds(StringBuilder svg, ScreenBuffer screen, int y, SvgOptions options)
    {
        var row = screen.Row(y);
        for (var x = 0; x < row.Length;)
        {
            var color = Colors(row[x], options).Background;
            var end = x + 1;
            while (end < row.Length && Colors(row[end], options).Background == color)
            {
                end++;
            }

            if (color != options.Background)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Number(x * CellWidth)}\" y=\"{y * CellHeight}\" width=\"{Number((end - x) * CellWidth)}\" height=\"{CellHeight}\" fill=\"{Hex(color)}\"/>\n");
            }

            x = end;
        }
    }

    private static void Texts(StringBuilder svg, ScreenBuffer screen, int y, SvgOptions options)
    {
        var row = screen.Row(y);
        for (var x = 0; x < row.Length;)
        {
            var end = RunEnd(row, x);
            var shape = SvgDrawing.ShapeOf(row[x].Glyph);
            if (shape != SvgShape.Text && (row[x].Attributes & CellAttributes.Hidden) == 0)
            {
                Drawing(svg, screen, new Rect(x, y, end - x, 1), shape, options);
            }
            else if (IsInk(row[x]))
            {
                Text(svg, screen, new Rect(x, y, end - x, 1), options);
            }

            x = end;
        }
    }

    // Characters outside ASCII come from other fonts of other widths and stand alone.
    private static int RunEnd(ReadOnlySpan<Cell> row, int x)
    {
        var end = x + 1;
        if ((row[x].Attributes & CellAttributes.WideLead) != 0)
        {
            return end + 1;
        }

        var first = row[x];
        while (end < row.Length && row[end] with { Glyph = first.Glyph } == first && Joins(first.Glyph, row[end].Glyph))
        {
            end++;
        }

        return end;
    }

    private static bool Joins(int one, int other) =>
        (one is >= 0 and < 0x7F && other is >= 0 and < 0x7F && one == 0 == (other == 0))
        || (SvgDrawing.ShapeOf(one) is not SvgShape.Text and var shape && shape == SvgDrawing.ShapeOf(other))
        || (one == other && one is >= 0x2500 and < 0x2580);

    private static bool IsInk(Cell cell) =>
        (cell.Attributes & CellAttributes.Hidden) == 0
        && (cell.Glyph != 0 || (cell.Attributes & (CellAttributes.UnderlineMask | CellAttributes.Strike | CellAttributes.Overline)) != 0);

    private static void Drawing(StringBuilder svg, ScreenBuffer screen, Rect run, SvgShape shape, SvgOptions options)
    {
        var row = screen.Row(run.Y);
        var path = new StringBuilder();
        for (var x = run.X; x < run.Right;)
        {
            var end = x + 1;
            while (end < run.Right && row[x].Glyph is '─' or '━' && row[end].Glyph == row[x].Glyph)
            {
                end++;
            }

            var (left, top, width) = (x * CellWidth, run.Y * (double)CellHeight, (end - x) * CellWidth);
            if (shape == SvgShape.Block)
            {
                SvgDrawing.Block(path, row[x].Glyph, left, top, width, CellHeight);
            }
            else
            {
                SvgDrawing.Line(path, row[x].Glyph, left, top, width, CellHeight);
            }

            x = end;
        }

        var color = Hex(Colors(row[run.X], options).Foreground);
        var paint = shape switch
        {
            SvgShape.Block => $"fill=\"{color}\"",
            SvgShape.HeavyLine => $"fill=\"none\" stroke=\"{color}\" stroke-width=\"2.6\"",
            _ => $"fill=\"none\" stroke=\"{color}\" stroke-width=\"1.2\"",
        };
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" {paint}{((row[run.X].Attributes & CellAttributes.Dim) != 0 ? " opacity=\"0.6\"" : "")}/>\n");
    }

    private static void Text(StringBuilder svg, ScreenBuffer screen, Rect run, SvgOptions options)
    {
        var cell = screen.Row(run.Y)[run.X];
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(run.X * CellWidth)}\" y=\"{run.Y * CellHeight + Baseline}\" fill=\"{Hex(Colors(cell, options).Foreground)}\"");
        svg.Append(CultureInfo.InvariantCulture, $" textLength=\"{Number(run.Width * CellWidth)}\" lengthAdjust=\"spacingAndGlyphs\"");
        svg.Append((cell.Attributes & CellAttributes.Bold) != 0 ? " font-weight=\"bold\"" : "");
        svg.Append((cell.Attributes & CellAttributes.Italic) != 0 ? " font-style=\"italic\"" : "");
        svg.Append((cell.Attributes & CellAttributes.Dim) != 0 ? " opacity=\"0.6\"" : "");
        var lines = string.Join(' ', Lines(cell.Attributes));
        svg.Append(lines.Length > 0 ? $" text-decoration=\"{lines}\"" : "").Append('>');
        var text = new StringBuilder();
        foreach (var part in screen.Row(run.Y).Slice(run.X, run.Width))
        {
            PlainScreen.Append(text, part, screen.Tables);
        }

        svg.Append(Escape(text.ToString())).Append("</text>\n");
    }

    private static IEnumerable<string> Lines(CellAttributes attributes)
    {
        if ((attributes & CellAttributes.UnderlineMask) != 0)
        {
            yield return "underline";
        }

        if ((attributes & CellAttributes.Strike) != 0)
        {
            yield return "line-through";
        }

        if ((attributes & CellAttributes.Overline) != 0)
        {
            yield return "overline";
        }
    }

    private static (Color Foreground, Color Background) Colors(Cell cell, SvgOptions options)
    {
        var foreground = Rgb(cell.Foreground, options.Foreground);
        var background = Rgb(cell.Background, options.Background);
        return (cell.Attributes & CellAttributes.Reverse) != 0 ? (background, foreground) : (foreground, background);
    }

    private static Color Rgb(Color color, Color fallback) =>
        color.IsDefault ? fallback : color.IsIndexed ? XtermPalette.Rgb(color.Index) : color;

    private static string Hex(Color color) => Rgb(color, default).ToString();

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
