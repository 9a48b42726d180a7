using System.Collections.Immutable;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Views;

/// <summary>Draws the lines above the footer, the newest last; where there is room for fewer, the problem and the newest stay.</summary>
internal sealed class NewsView
{
    private AppModel? _of;
    private ImmutableArray<(string Text, ThemeRole Role)> _lines = [];

    /// <summary>Draws on the lines that the layout gives.</summary>
    public void Draw(AppModel model, Surface surface)
    {
        if (surface.Height == 0)
        {
            return;
        }

        if (_of is null || _of.Notices != model.Notices || !ReferenceEquals(_of.Fleet, model.Fleet) || _of.KeyProblems != model.KeyProblems || _of.Screen != model.Screen)
        {
            var width = surface.Width - 2;
            _lines = [.. NewsLines.Of(model).Select(line => (TextMeasure.Cut(line.Text, width), line.Role))];
        }

        _of = model;
        for (var row = 0; row < surface.Height; row++)
        {
            var index = row == 0 ? 0 : _lines.Length - surface.Height + row;
            if (index < _lines.Length)
            {
                var (text, role) = _lines[index];
                surface.Fill(surface.Bounds with { Y = row, Height = 1 }, model.Theme[role]);
                surface.Write(1, row, text, model.Theme[role]);
            }
        }
    }
}
