using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Updates;

/// <summary>The mouse on the deck: a click selects or focuses, a double click attaches, the wheel scrolls.</summary>
internal static class MouseUpdate
{
    private const int WheelLines = 3;

    private static readonly TimeSpan DoubleClick = TimeSpan.FromMilliseconds(500);

    /// <summary>What the mouse does.</summary>
    public static Transition Apply(AppModel model, MouseUsed mouse, DateTimeOffset at) => mouse.Action switch
    {
        MouseAction.Press => Press(model, mouse.At, at),
        MouseAction.WheelUp => Wheel(model, mouse.At, 1),
        MouseAction.WheelDown => Wheel(model, mouse.At, -1),
        _ => model,
    };

    private static Transition Press(AppModel model, Position at, DateTimeOffset when)
    {
        if (PaneAt(model, at) is { } pane)
        {
            return Click(WallUpdate.Focus(model, pane), model, pane, when);
        }

        return RowAt(model, at) is { } row
            ? Click(ListUpdate.Select(WallUpdate.Focus(model, null), row), model, row, when)
            : model with { LastClick = null };
    }

    private static Transition Click(AppModel clicked, AppModel before, AgentId agent, DateTimeOffset at) =>
        before.LastClick is { } last && last.Agent == agent && at - last.At <= DoubleClick
            ? CommandDispatch.Run(clicked with { LastClick = null }, CommandId.Attach)
            : clicked with { LastClick = (agent, at) };

    private static Transition Wheel(AppModel model, Position at, int direction)
    {
        if (PaneAt(model, at) is { } pane)
        {
            var focused = WallUpdate.Focus(model, pane);
            return direction < 0 && focused.Wall.History is null ? focused : HistoryUpdate.Scroll(focused, direction * WheelLines);
        }

        return model.Layout.List.Contains(at) ? ListUpdate.Move(model, -direction) : model;
    }

    private static AgentId? PaneAt(AppModel model, Position at)
    {
        for (var index = 0; index < model.Layout.Panes.Length; index++)
        {
            if (model.Layout.Panes[index].Outer.Contains(at))
            {
                return model.Visible[index];
            }
        }

        return null;
    }

    private static AgentId? RowAt(AppModel model, Position at)
    {
        var list = model.Layout.List;
        var row = at.Y - list.Y - 2;
        var index = model.List.Offset + row;
        return list.Contains(at) && row >= 0 && row < model.Layout.ListRows && index < model.Shown.Length ? model.Shown[index] : null;
    }
}
