using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Views;

/// <summary>Draws one pane of the wall; keeps its title until something in it changes.</summary>
internal sealed class PaneView
{
    private AppModel? _of;
    private AgentId _agent;
    private int _width;
    private PaneTitle? _title;
    private int _rightWidth;
    private string? _message;

    /// <summary>Draws the pane of an agent and returns where the cursor stands when keys go to it or a search is typed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="id">The agent.</param>
    /// <param name="place">The place, for its corners.</param>
    /// <param name="surface">The pane with its border.</param>
    /// <param name="content">Draws rows of cells.</param>
    public Position? Draw(AppModel model, AgentId id, PanePlace place, Surface surface, PaneRows content)
    {
        var title = Refresh(model, id, surface.Width - 2);
        var theme = model.Theme;
        var border = theme[title.Border];
        FrameView.Draw(surface, border, place.IsFirst, place.IsLast);
        var after = surface.Write(1, 0, title.Left, theme[title.IsOld ? ThemeRole.Stale : ThemeRole.Title].On(border).With(border.Attributes));
        surface.Write(surface.Width - 2 - _rightWidth, 0, title.Right, theme[title.IsOld ? ThemeRole.LinkStale : ThemeRole.TextDim].On(border));

        var inside = surface.Slice(surface.Bounds.Inset(1));
        var isFocused = model.Wall.Focused == id;
        if (isFocused && model.Wall.History is { Screen: { } picture } history)
        {
            content.DrawHistory(inside, picture, history, theme, title.IsOld);
            return history.IsSearching ? surface.ToScreen(Math.Clamp(after - 1 - TextMeasure.Width(history.Search.AsSpan(history.SearchInput.Cursor)), 0, surface.Width - 2), 0) : null;
        }

        if (model.Panes.GetValueOrDefault(id) is not { } screen)
        {
            TextBlock.Draw(inside.Slice(new Rect(1, 0, Math.Max(0, inside.Width - 2), inside.Height)), _message ?? "", theme[ThemeRole.TextDim]);
            return null;
        }

        var cursor = content.DrawLive(inside, screen, theme, title.IsOld);
        return isFocused && model.Wall.IsTyping ? cursor : null;
    }

    private PaneTitle Refresh(AppModel model, AgentId id, int width)
    {
        if (_title is null || _agent != id || _width != width || !IsSame(model, id))
        {
            (_agent, _width) = (id, width);
            _title = PaneTitle.Build(model, id, width);
            _rightWidth = TextMeasure.Width(_title.Right);
            _message = Message(model, id);
        }

        _of = model;
        return _title;
    }

    private bool IsSame(AppModel model, AgentId id) =>
        _of is { } old && ReferenceEquals(old.Fleet, model.Fleet) && ReferenceEquals(old.Wall, model.Wall) && old.Now == model.Now
        && ReferenceEquals(old.Keys, model.Keys) && SameMetadata(old.Panes.GetValueOrDefault(id), model.Panes.GetValueOrDefault(id));

    private static bool SameMetadata(PaneScreen? left, PaneScreen? right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null && left.Kind == right.Kind && left.Metadata.Size == right.Metadata.Size && left.Metadata.Command == right.Metadata.Command);

    private static string Message(AppModel model, AgentId id) => model.Fleet.Agents.GetValueOrDefault(id) switch
    {
        null => "gone",
        { Status: { Phase: AgentPhase.Running } } => "reading the screen …",
        { Status: var status } => PlainText.Sanitize($"{Words.Of(status.Phase)}: {(status.Message.Length > 0 ? status.Message : status.Reason)}"),
    };
}
