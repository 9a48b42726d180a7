using System.Globalization;
using System.Text;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Export;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Cli;

/// <summary>Saves pictures of the deck as SVG and as text, without secrets; never over a file that exists.</summary>
internal sealed class ScreenshotFiles(string folder, TimeProvider time)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly SvgOptions Look = new(Color.FromRgb(0xD0, 0xD0, 0xD0), Color.FromRgb(0x10, 0x10, 0x14), "AgentDeck");

    /// <summary>Writes both files and returns what to tell the operator.</summary>
    /// <exception cref="IOException">A file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public async Task<string> SaveAsync(ScreenBuffer frame, CancellationToken cancellationToken)
    {
        var shown = WithoutSecrets(frame);
        var name = time.GetLocalNow().ToString("'agentdeck-'yyyyMMdd'-'HHmmss'-'fff", CultureInfo.InvariantCulture);
        await WriteAsync(name + ".svg", SvgScreen.Render(shown, Look), cancellationToken);
        await WriteAsync(name + ".txt", PlainScreen.Render(shown), cancellationToken);
        return $"saved {name}.svg and .txt in {folder}";
    }

    private async Task WriteAsync(string name, string content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write);
        await file.WriteAsync(Utf8.GetBytes(content), cancellationToken);
    }

    private static ScreenBuffer WithoutSecrets(ScreenBuffer frame)
    {
        var copy = new ScreenBuffer(frame.Size, frame.Tables);
        copy.CopyFrom(frame);
        var text = new RowText(frame.Tables);
        for (var y = 0; y < copy.Size.Height; y++)
        {
            Hide(copy.Row(y), text);
        }

        return copy;
    }

    // Everything between the first and the last letter that redaction changed: with two secrets also what stands between them.
    private static void Hide(Span<Cell> row, RowText text)
    {
        var plain = text.Read(row).Text.ToString();
        var redacted = Redactor.Redact(plain);
        if (ReferenceEquals(plain, redacted))
        {
            return;
        }

        var start = plain.AsSpan().CommonPrefixLength(redacted);
        var same = 0;
        while (same < Math.Min(plain.Length, redacted.Length) - start && plain[^(same + 1)] == redacted[^(same + 1)])
        {
            same++;
        }

        var end = Math.Min(row.Length, text.ColumnOf(plain.Length - same));
        for (var column = text.ColumnOf(start); column < end; column++)
        {
            row[column] = row[column] with { Glyph = '*', Attributes = row[column].Attributes & ~(CellAttributes.WideLead | CellAttributes.WideTail) };
        }
    }
}
