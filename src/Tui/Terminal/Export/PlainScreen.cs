using System.Text;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Export;

/// <summary>A screen as plain text. Pure.</summary>
internal static class PlainScreen
{
    /// <summary>The rows, each ended by LF, without the blanks at their ends.</summary>
    public static string Render(ScreenBuffer screen)
    {
        var text = new StringBuilder();
        for (var y = 0; y < screen.Size.Height; y++)
        {
            var start = text.Length;
            foreach (var cell in screen.Row(y))
            {
                Append(text, cell, screen.Tables);
            }

            while (text.Length > start && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Appends what a cell shows: nothing for the second half of a wide character.</summary>
    public static void Append(StringBuilder text, Cell cell, CellTables tables)
    {
        if ((cell.Attributes & CellAttributes.WideTail) != 0)
        {
            return;
        }

        if (cell.Glyph < 0)
        {
            text.Append(tables.Glyphs.Cluster(cell.Glyph));
        }
        else
        {
            text.Append(new Rune(cell.Glyph == 0 ? ' ' : Grapheme.IsHostile(cell.Glyph) ? GlyphTable.Replacement : cell.Glyph).ToString());
        }
    }
}
