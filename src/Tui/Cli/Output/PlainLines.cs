using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Terminal.Ansi;

namespace AgentDeck.Tui.Cli.Output;

/// <summary>Makes hostile text of several lines plain, in full width.</summary>
internal static class PlainLines
{
    /// <summary>The text with its line feeds and tabs, without escape sequences and carriage returns; other control characters are replaced.</summary>
    public static string Of(string text) => string.Join('\n', text.Split('\n').Select(Line));

    private static string Line(string line) => string.Join('\t', WithoutEscapes(line).Replace("\r", "", StringComparison.Ordinal).Split('\t').Select(part => PlainText.Sanitize(part, int.MaxValue)));

    private static string WithoutEscapes(string line)
    {
        if (!line.Contains('\x1b', StringComparison.Ordinal))
        {
            return line;
        }

        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(line);
        var kept = new List<byte>(bytes.Length);
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] == 0x1b)
            {
                at = EscapeSequence.At(bytes, at).Next;
            }
            else
            {
                kept.Add(bytes[at++]);
            }
        }

        return Encoding.UTF8.GetString([.. kept]);
    }
}
