namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>Which rows of a long list are visible. Pure.</summary>
internal static class ScrollWindow
{
    /// <summary>
    /// The first visible row: as near to <paramref name="first"/> as can be while <paramref name="selected"/> is visible
    /// (−1 for none) and no room is wasted at the end.
    /// </summary>
    public static int Follow(int first, int selected, int visible, int count)
    {
        if (selected >= 0)
        {
            first = Math.Clamp(first, selected - Math.Max(visible, 1) + 1, selected);
        }

        return Math.Clamp(first, 0, Math.Max(0, count - visible));
    }
}
