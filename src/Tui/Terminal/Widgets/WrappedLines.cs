using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>
/// Wraps a text to a width, between words where that is possible, else between clusters; line feeds always wrap. Blanks at
/// a wrap are dropped. Enumerates without allocation: <c>foreach (var line in new WrappedLines(text, 40))</c>.
/// </summary>
internal ref struct WrappedLines(ReadOnlySpan<char> text, int width)
{
    private readonly int _width = Math.Max(1, width);
    private ReadOnlySpan<char> _rest = text;
    private bool _isDone;

    /// <summary>The current line, without its line feed.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Itself.</summary>
    public readonly WrappedLines GetEnumerator() => this;

    /// <summary>Goes to the next line; an empty text has one empty line.</summary>
    public bool MoveNext()
    {
        if (_isDone)
        {
            return false;
        }

        var lineFeed = _rest.IndexOf('\n');
        var line = lineFeed < 0 ? _rest : _rest[..lineFeed];

        // A cluster wider than the line gets a line of its own, or the text would never end.
        var fit = Math.Max(TextMeasure.Fit(line, _width), Grapheme.NextLength(line));
        if (fit == line.Length)
        {
            Current = line.TrimEnd('\r');
            _isDone = lineFeed < 0;
            _rest = lineFeed < 0 ? default : _rest[(lineFeed + 1)..];
            return true;
        }

        var blank = line[..Math.Min(fit + 1, line.Length)].LastIndexOf(' ');
        var cut = blank > 0 && line[..blank].ContainsAnyExcept(' ') ? blank : fit;
        Current = line[..cut].TrimEnd(' ');
        _rest = _rest[cut..].TrimStart(' ');
        return true;
    }
}
