using AgentDeck.Tui.Terminal.Widgets;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>The arithmetic of rows that do not all fit.</summary>
internal static class Scrolling
{
    /// <summary>The nearest first row that leaves no gap at the end.</summary>
    public static int Clamp(int offset, int count, int page) => ScrollWindow.Follow(offset, -1, page, count);

    /// <summary>The first row with which <paramref name="selected"/> is shown, in the middle where possible: it needs no memory.</summary>
    public static int Around(int selected, int count, int page) => Clamp(selected - page / 2, count, page);
}
