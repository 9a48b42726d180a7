using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the help.</summary>
internal static class HelpOverlayView
{
    /// <summary>Draws the dialog and returns where its filter is typed, or null.</summary>
    public static Position? Draw(AppModel model, HelpOverlay help, Surface surface)
    {
        var place = HelpViewModel.Place(model);
        DialogView.Draw(surface, model.Theme, place, "Help", help.Filter.IsTyping ? DialogHints.Filtering : DialogHints.Help);
        var lines = HelpViewModel.Lines(model, help.Filter, place.Body.Width);
        LinesView.Draw(surface, model.Theme, place, DialogRows.Below(place, help.Filter), lines, help.Offset);
        return PromptView.Filter(surface, model.Theme, place, help.Filter);
    }
}
