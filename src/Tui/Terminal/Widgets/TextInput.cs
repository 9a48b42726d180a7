using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>
/// Draws a <see cref="TextInputState"/>: in one row it scrolls sideways, in several rows it wraps between clusters and
/// scrolls up and down, always so that the cursor is visible. Draws nothing where there is no room.
/// </summary>
internal static class TextInput
{
    /// <summary>How many rows a text takes at a width, with room for the cursor behind it.</summary>
    public static int Height(TextInputState state, int width) => width <= 0 ? 0 : Locate(state.Text, state.Text.Length, width).Y + 1;

    /// <summary>Draws the text and returns the cursor's place on the screen, or null when there is no room.</summary>
    public static Position? Draw(Surface surface, TextInputState state, Style style)
    {
        if (surface.Width <= 0 || surface.Height <= 0)
        {
            return null;
        }

        return surface.Height == 1 && !state.Text.Contains('\n', StringComparison.Ordinal)
            ? DrawLine(surface, state, style)
            : DrawLines(surface, state, style);
    }

    private static Position DrawLine(Surface surface, TextInputState state, Style style)
    {
        var column = TextMeasure.Width(state.Text.AsSpan(0, state.Cursor));
        var start = 0;
        var hidden = 0;
        while (column - hidden >= surface.Width && start < state.Cursor)
        {
            var length = Grapheme.NextLength(state.Text.AsSpan(start));
            hidden += TextMeasure.ClusterWidth(state.Text.AsSpan(start, length));
            start += length;
        }

        surface.Write(0, 0, state.Text.AsSpan(start), style);
        return surface.ToScreen(column - hidden, 0);
    }

    private static Position DrawLines(Surface surface, TextInputState state, Style style)
    {
        var cursor = Locate(state.Text, state.Cursor, surface.Width);
        var first = Math.Max(0, cursor.Y - surface.Height + 1);
        var at = default(Position);
        var rest = state.Text.AsSpan();
        while (!rest.IsEmpty && at.Y - first < surface.Height)
        {
            var cluster = rest[..Grapheme.NextLength(rest)];
            at = Wrap(at, cluster, surface.Width);
            if (cluster is not "\n" && at.Y >= first)
            {
                surface.Write(at.X, at.Y - first, cluster, style);
            }

            at = Advance(at, cluster);
            rest = rest[cluster.Length..];
        }

        return surface.ToScreen(cursor.X, cursor.Y - first);
    }

    private static Position Locate(string text, int cursor, int width)
    {
        var at = default(Position);
        var rest = text.AsSpan(0, cursor);
        while (!rest.IsEmpty)
        {
            var cluster = rest[..Grapheme.NextLength(rest)];
            at = Advance(Wrap(at, cluster, width), cluster);
            rest = rest[cluster.Length..];
        }

        // The cursor stands where the next character will.
        var next = cursor < text.Length ? text.AsSpan(cursor, Grapheme.NextLength(text.AsSpan(cursor))) : " ";
        return next is "\n" && at.X < width ? at : Wrap(at, next is "\n" ? " " : next, width);
    }

    private static Position Wrap(Position at, ReadOnlySpan<char> cluster, int width) =>
        cluster is not "\n" && at.X > 0 && at.X + TextMeasure.ClusterWidth(cluster) > width ? new Position(0, at.Y + 1) : at;

    private static Position Advance(Position at, ReadOnlySpan<char> cluster) =>
        cluster is "\n" ? new Position(0, at.Y + 1) : at with { X = at.X + TextMeasure.ClusterWidth(cluster) };
}
