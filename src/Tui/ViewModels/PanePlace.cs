using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.ViewModels;

/// <summary>Where one pane of the wall is. Panes of one column share the line between them.</summary>
/// <param name="Outer">With its title line on top, its sides, and the line below it, which is the title line of the pane below if there is one.</param>
/// <param name="IsFirst">Whether it is the topmost of its column.</param>
/// <param name="IsLast">Whether it is the lowest of its column.</param>
internal readonly record struct PanePlace(Rect Outer, bool IsFirst, bool IsLast)
{
    /// <summary>Where the screen of the agent shows.</summary>
    public Rect Inner => Outer.Inset(1);
}
