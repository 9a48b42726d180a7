using System.Text;

namespace AgentDeck.Engine.Detection;

/// <summary>
/// Finds the box in which an agent takes its next prompt: two borders near the end of the screen, and between them a line that
/// begins with a prompt sign. Pure.
/// </summary>
internal static class PromptBox
{
    private const int FarthestBorder = 12;
    private const int TallestBox = 16;
    private const int ShortestBorder = 8;

    /// <summary>What stands in the box, without its sides, lines joined by LF; null when there is none.</summary>
    /// <param name="lines">The screen's lines with text, each ended by LF.</param>
    public static string? Find(string lines)
    {
        Range? below = null;
        var (fromEnd, sinceBorder) = (0, 0);
        for (var end = lines.Length; end > 0 && fromEnd < FarthestBorder + TallestBox; fromEnd++, sinceBorder++)
        {
            var start = lines.AsSpan(0, end - 1).LastIndexOf('\n') + 1;
            if (IsBorder(lines.AsSpan(start..(end - 1))))
            {
                if (below is { } bottom && sinceBorder is > 1 and <= TallestBox && Inside(lines.AsSpan(end..bottom.Start.Value)) is { } box)
                {
                    return box;
                }

                if (fromEnd >= FarthestBorder)
                {
                    return null;
                }

                (below, sinceBorder) = (start..end, 0);
            }

            end = start;
        }

        return null;
    }

    private static bool IsBorder(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        return line.Length > ShortestBorder && "╭┌╰└─━▀▄".Contains(line[0]) && !line.Slice(1, ShortestBorder).ContainsAnyExcept("─━▀▄");
    }

    private static string? Inside(ReadOnlySpan<char> lines)
    {
        var inside = new StringBuilder();
        foreach (var line in lines.EnumerateLines())
        {
            var text = line.Trim(" │┃");
            if (inside.Length == 0 && (text.IsEmpty || !IsPrompt(text)))
            {
                return null;
            }

            inside.Append(text).Append('\n');
        }

        return inside.ToString().TrimEnd('\n');
    }

    private static bool IsPrompt(ReadOnlySpan<char> text) => ">❯›!*#".Contains(text[0]) && (text.Length == 1 || text[1] == ' ');
}
