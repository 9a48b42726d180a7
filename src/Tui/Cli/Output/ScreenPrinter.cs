using System.Buffers;
using System.Text;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Rendering;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Cli.Output;

/// <summary>Prints rows of cells. Only what was parsed into cells can come out: no escape sequence of an agent passes.</summary>
internal static class ScreenPrinter
{
    /// <summary>Prints each row on a line of its own, with the colours and attributes of its cells when <paramref name="keepStyles"/> says so.</summary>
    public static void Print(TextWriter output, ReadOnlySpan<Cell[]> rows, CellTables tables, bool keepStyles)
    {
        var text = new RowText(tables);
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var row in rows)
        {
            if (!keepStyles)
            {
                output.WriteLine(text.Read(row).Text);
                continue;
            }

            bytes.ResetWrittenCount();
            Encode(row, tables, bytes);
            output.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
        }
    }

    // Links are left out: they are an escape sequence whose address the agent chose.
    private static void Encode(Cell[] row, CellTables tables, ArrayBufferWriter<byte> output)
    {
        var writer = new VtWriter(output);
        var pen = default(SgrPen);
        foreach (var cell in row)
        {
            if ((cell.Attributes & CellAttributes.WideTail) != 0)
            {
                continue;
            }

            var attributes = cell.Attributes & ~(CellAttributes.WideLead | CellAttributes.WideTail);
            pen.Use(ref writer, new Style(cell.Foreground, cell.Background, attributes), tables.Decorations[cell.Decoration] with { Link = null });
            switch (cell.Glyph)
            {
                case 0:
                    writer.Byte(' ');
                    break;
                case < 0:
                    writer.Text(tables.Glyphs.Cluster(cell.Glyph));
                    break;
                default:
                    writer.Rune(cell.Glyph);
                    break;
            }
        }

        pen.Use(ref writer, default, default);
        writer.Flush();
    }
}
