using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.Views.Overlays;

namespace AgentDeck.Tui.Views;

/// <summary>Draws the whole deck from a model. Everything is drawn every time; a frame in which nothing changed allocates nothing.</summary>
internal sealed class DeckView(CellTables tables)
{
    private readonly HeaderView _header = new();
    private readonly ListView _list = new();
    private readonly NewsView _news = new();
    private readonly FooterView _footer = new();
    private readonly PaneRows _rows = new(tables);
    private readonly List<PaneView> _panes = [];
    private FleetSnapshot? _titled;
    private string _title = "AgentDeck";

    /// <summary>Draws on a surface of the size that the model is laid out for.</summary>
    public ScreenState Draw(AppModel model, Surface surface)
    {
        var layout = model.Layout;
        surface.Fill(surface.Bounds, model.Theme[ThemeRole.Text]);
        _header.Draw(model, surface.Slice(layout.Header));
        var cursor = layout.List.IsEmpty ? null : _list.Draw(model, surface.Slice(layout.List));
        for (var index = 0; index < layout.Panes.Length; index++)
        {
            cursor = Pane(index).Draw(model, model.Visible[index], layout.Panes[index], surface.Slice(layout.Panes[index].Outer), _rows) ?? cursor;
        }

        _news.Draw(model, surface.Slice(layout.News));
        _footer.Draw(model, surface.Slice(layout.Footer));
        return new ScreenState(model.Overlay is null ? cursor : OverlayView.Draw(model, surface), Title(model), model.Mouse);
    }

    private PaneView Pane(int index)
    {
        while (_panes.Count <= index)
        {
            _panes.Add(new PaneView());
        }

        return _panes[index];
    }

    private string Title(AppModel model)
    {
        if (!ReferenceEquals(_titled, model.Fleet))
        {
            _titled = model.Fleet;
            var needy = model.Fleet.Agents.Values.Count(agent => Attention.Rank(agent) <= 3);
            _title = needy == 0 ? "AgentDeck" : $"AgentDeck – {needy} need you";
        }

        return _title;
    }
}
