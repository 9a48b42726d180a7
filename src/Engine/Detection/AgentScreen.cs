using System.Text;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Detection;

/// <summary>The text of a captured screen, without any escape sequence or trailing blanks, and the regions that rules look at. Pure; never throws on any bytes.</summary>
internal sealed class AgentScreen
{
    /// <summary>A screen on which nothing stands.</summary>
    public static readonly AgentScreen Empty = OfRows([]);

    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    // Every row up to the last with text, each ended by LF.
    private readonly string _rows;
    // The rows with text alone.
    private readonly string _lines;
    private readonly string? _prompt;

    private AgentScreen(string rows, int historySize)
    {
        _rows = rows;
        _lines = WithoutEmptyRows(rows);
        _prompt = PromptBox.Find(_lines);
        Fingerprint = ScreenFingerprint.Of(_rows, historySize);
    }

    /// <summary>Equal as long as nothing changes but spinners, elapsed times and clocks.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The last line that says something: frames and the line that tmux itself writes do not. Empty when none does.</summary>
    public string Telling
    {
        get
        {
            for (var rest = _lines.AsSpan(); !rest.IsEmpty;)
            {
                var start = rest[..^1].LastIndexOf('\n') + 1;
                var line = rest[start..^1];
                if (SaysSomething(line) && !line.StartsWith("Pane is dead ("))
                {
                    return line.Trim().ToString();
                }

                rest = rest[..start];
            }

            return "";
        }
    }

    /// <summary>Reads a capture.</summary>
    /// <param name="capture">The rows as <c>capture-pane -p</c> prints them, with or without <c>-e</c>.</param>
    /// <param name="historySize">How many rows scrolled out above; 0 where that is not known.</param>
    public static AgentScreen Of(ReadOnlySpan<byte> capture, int historySize) =>
        new(Joined(Encoding.UTF8.GetString(capture).AsSpan()), historySize);

    /// <summary>Reads rows that have no escape sequences.</summary>
    public static AgentScreen OfRows(IEnumerable<string> rows) => new(Joined(string.Join('\n', rows)), historySize: 0);

    /// <summary>The text of a region, lines ended by LF except the last; false when the screen has no such region.</summary>
    /// <param name="region">Which.</param>
    /// <param name="lines">How many lines or rows, for regions that count.</param>
    /// <param name="text">The text.</param>
    public bool TryGet(ScreenRegion region, int lines, out ReadOnlySpan<char> text)
    {
        text = region switch
        {
            ScreenRegion.Lines => Last(_lines, lines),
            ScreenRegion.Rows => Last(_rows, lines),
            ScreenRegion.Prompt => _prompt,
            _ => Last(_rows, int.MaxValue),
        };
        return region != ScreenRegion.Prompt || _prompt is not null;
    }

    private static ReadOnlySpan<char> Last(string text, int count)
    {
        var kept = text.AsSpan(0, Math.Max(text.Length - 1, 0));
        var start = kept.Length;
        for (var taken = 0; taken < count; taken++)
        {
            start = kept[..start].LastIndexOf('\n');
            if (start < 0)
            {
                return kept;
            }
        }

        return kept[(start + 1)..];
    }

    private static bool SaysSomething(ReadOnlySpan<char> line)
    {
        foreach (var sign in line)
        {
            if (char.IsLetterOrDigit(sign))
            {
                return true;
            }
        }

        return false;
    }

    private static string Joined(ReadOnlySpan<char> screen)
    {
        var rows = new StringBuilder(screen.Length);
        var end = 0;
        foreach (var row in screen.EnumerateLines())
        {
            AppendPlain(rows, row);
            rows.Append('\n');
            end = rows.Length > 1 && rows[^2] != '\n' ? rows.Length : end;
        }

        return rows.ToString(0, end);
    }

    private static string WithoutEmptyRows(string rows)
    {
        if (!rows.StartsWith('\n') && !rows.Contains("\n\n", StringComparison.Ordinal))
        {
            return rows;
        }

        var lines = new StringBuilder(rows.Length);
        foreach (var row in rows.AsSpan().EnumerateLines())
        {
            if (!row.IsEmpty)
            {
                lines.Append(row).Append('\n');
            }
        }

        return lines.ToString();
    }

    // A non-breaking blank is what some agents put behind their prompt; rules need not know.
    private static void AppendPlain(StringBuilder kept, ReadOnlySpan<char> row)
    {
        var start = kept.Length;
        if (row.Contains(Escape))
        {
            var plain = new StringBuilder(row.Length);
            for (var index = 0; index < row.Length; index++)
            {
                if (row[index] == Escape)
                {
                    index = EndOfSequence(row, index);
                }
                else
                {
                    plain.Append(row[index]);
                }
            }

            kept.Append(PlainText.Sanitize(plain.ToString()));
        }
        else
        {
            kept.Append(PlainText.Sanitize(row.ToString()));
        }

        kept.Replace('\u00a0', ' ', start, kept.Length - start);
        while (kept.Length > start && char.IsWhiteSpace(kept[^1]))
        {
            kept.Length--;
        }
    }

    // The index of the sequence's last character: CSI ends with a byte from @ to ~, OSC with BEL or ESC \, others are two characters.
    private static int EndOfSequence(ReadOnlySpan<char> text, int start)
    {
        var index = start + 1;
        switch (index < text.Length ? text[index] : '\0')
        {
            case '[':
                for (index++; index < text.Length && text[index] is not (>= '@' and <= '~'); index++)
                {
                }

                return index;
            case ']':
                for (index++; index < text.Length && text[index] is not (Bell or '\\'); index++)
                {
                }

                return index;
            default:
                return index;
        }
    }
}
