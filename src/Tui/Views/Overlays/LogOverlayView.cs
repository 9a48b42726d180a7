using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views.Overlays;

/// <summary>Draws the log of a container.</summary>
internal static class LogOverlayView
{
    /// <summary>Draws the dialog and returns where its search is typed, or null.</summary>
    public static Position? Draw(AppModel model, LogOverlay log, Surface surface)
    {
        var place = LogViewModel.Place(model);
        DialogView.Draw(surface, model.Theme, place, LogViewModel.Title(model, log), log.View.IsSearching ? DialogHints.Searching : DialogHints.Log);
        var text = place.Body with { Height = Math.Max(0, place.Body.Height - 1) };
        var lines = surface.Slice(text);
        lines.Fill(lines.Bounds, model.Theme[ThemeRole.Text]);
        var screen = log.View.Screen!;
        new PaneRows(model.Tables).DrawHistory(lines, screen, log.View, model.Theme, isOld: false, log.Column);
        if (place.HasBorder)
        {
            var border = surface.Slice(text with { X = place.Outer.Right - 1, Width = 1 });
            var first = Math.Max(0, screen.Rows.Length - log.View.Offset - text.Height);
            Scrollbar.Draw(border, first, text.Height, screen.Rows.Length, model.Theme[ThemeRole.DialogBorder], model.Theme[ThemeRole.ScrollbarThumb].On(model.Theme[ThemeRole.Dialog]));
        }

        var last = place.Body with { Y = place.Body.Y + text.Height, Height = place.Body.Height - text.Height };
        if (log.View.IsSearching)
        {
            return PromptView.Draw(surface, model.Theme, last, "/ ", log.View.SearchInput, "search upwards");
        }

        if (last.Height > 0)
        {
            LinesView.Line(surface.Slice(last), model.Theme, 0, LogViewModel.Status(log));
        }

        return null;
    }
}
