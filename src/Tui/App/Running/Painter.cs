using System.Runtime.InteropServices;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Views;

namespace AgentDeck.Tui.App.Running;

/// <summary>Draws models and shows those frames that differ from the one on screen.</summary>
internal sealed class Painter(IScreenHost host, CellTables tables)
{
    private readonly DeckView _view = new(tables);
    private ScreenBuffer _drawn = new(default, tables);
    private ScreenBuffer _shown = new(default, tables);
    private ScreenState _state;
    private bool _isUnknown = true;

    /// <summary>Forgets what is on screen, because somebody else had it: the next frame is shown in any case.</summary>
    public void Forget() => _isUnknown = true;

    /// <summary>Draws a model and shows it when a cell or the cursor changed.</summary>
    public async ValueTask PaintAsync(AppModel model, CancellationToken cancellationToken)
    {
        if (_drawn.Size != model.Layout.Size)
        {
            _drawn = new ScreenBuffer(model.Layout.Size, tables);
            _shown = new ScreenBuffer(model.Layout.Size, tables);
            _isUnknown = true;
        }

        var state = _view.Draw(model, new Surface(_drawn));
        if (!_isUnknown && state == _state && MemoryMarshal.AsBytes(_drawn.Cells).SequenceEqual(MemoryMarshal.AsBytes(_shown.Cells)))
        {
            return;
        }

        await host.PresentAsync(_drawn, state, cancellationToken);
        (_drawn, _shown) = (_shown, _drawn);
        (_state, _isUnknown) = (state, false);
    }

    /// <summary>A copy of the frame on screen.</summary>
    public ScreenBuffer Copy()
    {
        var copy = new ScreenBuffer(_shown.Size, tables);
        _shown.Cells.CopyTo(copy.Cells);
        return copy;
    }
}
