using System.Collections.Immutable;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views;

/// <summary>Draws the footer line; keeps its hints until the model changes.</summary>
internal sealed class FooterView
{
    private AppModel? _of;
    private ImmutableArray<TextRun> _hints = [];

    /// <summary>Draws on a surface of one row.</summary>
    public void Draw(AppModel model, Surface surface)
    {
        if (surface.Height == 0)
        {
            return;
        }

        if (!IsSame(model, surface.Width))
        {
            _hints = FooterViewModel.Build(model, surface.Width);
        }

        _of = model;
        surface.Fill(surface.Bounds, model.Theme[ThemeRole.Footer]);
        RunView.Draw(surface, 0, 0, _hints, model.Theme, ThemeRole.Footer);
    }

    // Panes and time change often and never change a hint.
    private bool IsSame(AppModel model, int width) =>
        _of is { } old && ReferenceEquals(old.Fleet, model.Fleet) && ReferenceEquals(old.List, model.List) && ReferenceEquals(old.Wall, model.Wall)
        && ReferenceEquals(old.Keys, model.Keys) && old.Visible == model.Visible && old.Shown == model.Shown && old.Screen.Width == width;
}
