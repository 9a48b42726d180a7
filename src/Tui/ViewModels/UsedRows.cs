using AgentDeck.Tui.App;

namespace AgentDeck.Tui.ViewModels;

/// <summary>Where a screen ends for people: most windows are larger than what stands in them.</summary>
internal static class UsedRows
{
    /// <summary>How many rows there are down to the last one with something on it, or with the cursor where that shows.</summary>
    public static int Count(PaneScreen screen)
    {
        var used = screen.Rows.Length;
        while (used > 0 && screen.Rows[used - 1].AsSpan().IndexOfAnyExcept(default(Terminal.Cells.Cell)) < 0)
        {
            used--;
        }

        // With history above it the screen does not begin at the first row.
        var cursor = Math.Max(0, screen.Rows.Length - screen.Metadata.Size.Rows) + screen.Metadata.CursorY + 1;
        return screen.Metadata.CursorVisible ? Math.Min(screen.Rows.Length, Math.Max(used, cursor)) : used;
    }
}
