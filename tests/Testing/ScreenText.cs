using System.Text;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Testing;

/// <summary>
/// A screen as text made for reading in a diff: size, theme and cursor; the rows between bars; then every style under a
/// letter and the runs of letters in each row. A row's plain cells at its end are left out, equal rows are told once.
/// </summary>
internal static class ScreenText
{
    /// <summary>The whole format, for golden files.</summary>
    public static string Print(ScreenBuffer screen, ScreenState state = default, string? theme = null)
    {
        var text = new StringBuilder();
        text.Append($"size {screen.Size.Width}x{screen.Size.Height}");
        text.Append(theme is null ? "" : $"  theme {theme}");
        text.Append(state.Cursor is { } cursor ? $"  cursor {cursor.X},{cursor.Y}\n" : "  cursor hidden\n");
        text.Append(Rows(screen));
        AppendStyles(text, screen);
        return text.ToString();
    }

    /// <summary>Only the rows, each between bars.</summary>
    public static string Rows(ScreenBuffer screen)
    {
        var text = new StringBuilder();
        for (var y = 0; y < screen.Size.Height; y++)
        {
            text.Append('│').Append(Row(screen, y)).Append("│\n");
        }

        return text.ToString();
    }

    /// <summary>The text of one row, blanks included.</summary>
    public static string Row(ScreenBuffer screen, int y)
    {
        var text = new StringBuilder();
        foreach (var cell in screen.Row(y))
        {
            text.Append((cell.Attributes & CellAttributes.WideTail) != 0 ? "" : Glyph(cell, screen.Tables));
        }

        return text.ToString();
    }

    /// <summary>A new buffer that something has drawn into.</summary>
    public static ScreenBuffer Draw(int width, int height, Action<Surface> draw)
    {
        var screen = new ScreenBuffer(new CellSize(width, height), new CellTables());
        draw(new Surface(screen));
        return screen;
    }

    private static string Glyph(Cell cell, CellTables tables) => cell.Glyph switch
    {
        0 => " ",
        < 0 => tables.Glyphs.Cluster(cell.Glyph),
        _ => char.ConvertFromUtf32(cell.Glyph),
    };

    private static void AppendStyles(StringBuilder text, ScreenBuffer screen)
    {
        var letters = new Dictionary<string, string>();
        var rows = Enumerable.Range(0, screen.Size.Height).Select(y => Runs(screen, y, letters)).ToArray();
        if (letters.Count == 0)
        {
            return;
        }

        text.Append("styles\n");
        foreach (var (style, letter) in letters)
        {
            text.Append($"  {letter} {style}\n");
        }

        for (var y = 0; y < rows.Length; y++)
        {
            var last = y;
            while (last + 1 < rows.Length && rows[last + 1] == rows[y])
            {
                last++;
            }

            text.Append(rows[y].Length == 0 ? "" : last > y ? $"r{y}-{last} {rows[y]}\n" : $"r{y} {rows[y]}\n");
            y = last;
        }
    }

    private static string Runs(ScreenBuffer screen, int y, Dictionary<string, string> letters)
    {
        var runs = new List<(string Letter, int Length)>();
        foreach (var cell in screen.Row(y))
        {
            var style = Describe(cell, screen.Tables);
            if (style.Length > 0 && !letters.ContainsKey(style))
            {
                letters[style] = Letter(letters.Count);
            }

            var letter = style.Length == 0 ? "." : letters[style];
            if (runs.Count > 0 && runs[^1].Letter == letter)
            {
                runs[^1] = (letter, runs[^1].Length + 1);
            }
            else
            {
                runs.Add((letter, 1));
            }
        }

        if (runs.Count > 0 && runs[^1].Letter == ".")
        {
            runs.RemoveAt(runs.Count - 1);
        }

        return string.Join(' ', runs.Select(run => run.Letter + run.Length));
    }

    private static string Letter(int index) =>
        (index >= 26 ? ((char)('a' + index / 26 - 1)).ToString() : "") + (char)('a' + index % 26);

    private static string Describe(Cell cell, CellTables tables)
    {
        var parts = new List<string>();
        if (!cell.Foreground.IsDefault)
        {
            parts.Add($"fg={cell.Foreground}");
        }

        if (!cell.Background.IsDefault)
        {
            parts.Add($"bg={cell.Background}");
        }

        var underline = cell.Attributes & CellAttributes.UnderlineMask;
        var others = cell.Attributes & ~CellAttributes.WidthMask & ~CellAttributes.UnderlineMask;
        if (others != 0)
        {
            parts.Add(others.ToString().Replace(",", "", StringComparison.Ordinal).ToLowerInvariant());
        }

        if (underline != 0)
        {
            parts.Add(underline.ToString().ToLowerInvariant());
        }

        var decoration = tables.Decorations[cell.Decoration];
        if (!decoration.UnderlineColor.IsDefault)
        {
            parts.Add($"line={decoration.UnderlineColor}");
        }

        if (decoration.Link is { } link)
        {
            parts.Add($"link={link}");
        }

        return string.Join(' ', parts);
    }
}
