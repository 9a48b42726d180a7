using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the editor of a nudge.</summary>
internal static class NudgeOverlayView
{
    /// <summary>Draws the dialog and returns where is typed, or null while a template is chosen.</summary>
    public static Position? Draw(AppModel model, NudgeOverlay nudge, Surface surface)
    {
        var view = NudgeViewModel.Build(model, nudge);
        DialogView.Draw(surface, model.Theme, view.Place, view.Title, view.Hints);
        if (view.Names is { } names && view.Input.Y > view.Place.Body.Y)
        {
            LinesView.Line(surface.Slice(view.Place.Body), model.Theme, 0, names);
        }

        LinesView.Draw(surface, model.Theme, view.Place, view.Below, view.Notes, view.NotesOffset);
        surface.Fill(view.Input, model.Theme[ThemeRole.Input]);
        var caret = TextInput.Draw(surface.Slice(view.Input), nudge.Input, model.Theme[ThemeRole.Input]);
        return nudge.Template is null ? caret : null;
    }
}
