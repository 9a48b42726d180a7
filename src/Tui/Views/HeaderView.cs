using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views;

/// <summary>Draws the header line and the faults under it; keeps its texts until something in them changes.</summary>
internal sealed class HeaderView
{
    private (FleetSnapshot Fleet, DateTimeOffset Now, CellSize Screen) _of;
    private FleetCounts _counts;
    private HeaderViewModel? _view;
    private ImmutableArray<TextRun> _faults = [];
    private int _rightWidth;

    /// <summary>Draws on the rows that the layout gives.</summary>
    public void Draw(AppModel model, Surface surface)
    {
        if (surface.Height == 0)
        {
            return;
        }

        if (_view is null || !ReferenceEquals(_of.Fleet, model.Fleet) || _of.Now != model.Now || _of.Screen != model.Screen)
        {
            _counts = _view is not null && ReferenceEquals(_of.Fleet, model.Fleet) ? _counts : FleetCounts.Of(model.Fleet);
            _of = (model.Fleet, model.Now, model.Screen);
            _view = HeaderViewModel.Build(model, _counts, surface.Width);
            _faults = FaultLines.Of(model);
            _rightWidth = _view.Right.Sum(run => TextMeasure.Width(run.Text));
        }

        surface.Fill(surface.Bounds, model.Theme[ThemeRole.Header]);
        RunView.Draw(surface, 0, 0, _view.Left, model.Theme, ThemeRole.Header);
        RunView.Draw(surface, surface.Width - _rightWidth, 0, _view.Right, model.Theme, ThemeRole.Header);
        for (var row = 1; row < surface.Height && row <= _faults.Length; row++)
        {
            surface.Write(0, row, _faults[row - 1].Text, model.Theme[_faults[row - 1].Role].On(model.Theme[ThemeRole.Header]));
        }
    }
}
