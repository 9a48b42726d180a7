using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Where the rows of a dialog with a filter stand.</summary>
internal static class DialogRows
{
    /// <summary>The body, without its first row while that shows the filter.</summary>
    public static Rect Below(DialogGeometry place, DialogFilter filter)
    {
        var taken = filter.IsShown ? Math.Min(1, place.Body.Height) : 0;
        return place.Body with { Y = place.Body.Y + taken, Height = place.Body.Height - taken };
    }
}
