using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Where a dialog stands. A pure function of the screen's size, so that drawing and mouse clicks agree.</summary>
/// <param name="Outer">The dialog with its border.</param>
/// <param name="Body">What is inside; may be empty on a tiny screen.</param>
internal readonly record struct DialogGeometry(Rect Outer, Rect Body)
{
    // Below this a border and a margin would take more than they give.
    private const int LowestWithBorder = 4;
    private const int LowestWithMargin = 16;
    private const int NarrowestWithBorder = 6;
    private const int NarrowestWithMargin = 64;
    private const int NarrowestWithPadding = 24;

    /// <summary>Cells that border and padding take on a roomy screen: left and right together.</summary>
    public const int Sides = 4;

    /// <summary>Rows that the border takes.</summary>
    public const int Caps = 2;

    /// <summary>Whether there is room for a border.</summary>
    public bool HasBorder => Body.Y > Outer.Y;

    /// <summary>A centred dialog whose body has <paramref name="width"/> × <paramref name="height"/> cells, or fewer where the screen is smaller.</summary>
    public static DialogGeometry Place(CellSize screen, int width, int height)
    {
        var roomX = screen.Width >= NarrowestWithMargin ? screen.Width - 4 : screen.Width;
        var roomY = screen.Height >= LowestWithMargin ? screen.Height - 2 : screen.Height;
        if (roomX < NarrowestWithBorder || roomY < LowestWithBorder)
        {
            var whole = new Rect(0, 0, screen.Width, screen.Height);
            return new DialogGeometry(whole, whole);
        }

        var outerWidth = Math.Clamp(width + Sides, NarrowestWithBorder, roomX);
        var outerHeight = Math.Clamp(height + Caps, LowestWithBorder, roomY);
        var outer = new Rect((screen.Width - outerWidth) / 2, (screen.Height - outerHeight) / 2, outerWidth, outerHeight);
        var inside = outer.Inset(1);
        var padding = outerWidth >= NarrowestWithPadding ? 1 : 0;
        return new DialogGeometry(outer, inside with { X = inside.X + padding, Width = inside.Width - 2 * padding });
    }
}
