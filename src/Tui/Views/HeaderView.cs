using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Views;

/// <summary>Draws the header line; keeps its texts until something in them changes.</summary>
internal sealed class HeaderView
{
    private (FleetSnapshot Fleet, DateTimeOffset Now, int Width) _of;
    private FleetCounts _counts;
    private HeaderViewModel? _view;
    private int _rightWidth;

    /// <summary>Draws on a surface of one row.</summary>
    public void Draw(AppModel model, Surface surface)
    {
        if (surface.Height == 0)
        {
            return;
        }

        if (_view is null || !ReferenceEquals(_of.Fleet, model.Fleet) || _of.Now != model.Now || _of.Width != surface.Width)
        {
            _counts = _view is not null && ReferenceEquals(_of.Fleet, model.Fleet) ? _counts : FleetCounts.Of(model.Fleet);
            _of = (model.Fleet, model.Now, surface.Width);
            _view = HeaderViewModel.Build(model, _counts, surface.Width);
            _rightWidth = _view.Right.Sum(run => TextMeasure.Width(run.Text));
        }

        surface.Fill(surface.Bounds, model.Theme[ThemeRole.Header]);
        RunView.Draw(surface, 0, 0, _view.Left, model.Theme, ThemeRole.Header);
        RunView.Draw(surface, surface.Width - _rightWidth, 0, _view.Right, model.Theme, ThemeRole.Header);
    }
}
