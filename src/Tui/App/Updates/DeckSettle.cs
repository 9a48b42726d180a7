using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.App.Updates;

/// <summary>
/// Brings what follows from the rest of the model up to date after every message: the order of the list, a selection and a
/// focus that exist, the layout, and which panes are on screen. Does only what the change asks for.
/// </summary>
internal static class DeckSettle
{
    private const int MostPanesKept = 64;

    /// <summary>Settles the model of a transition that started from <paramref name="before"/>.</summary>
    public static Transition Apply(AppModel before, Transition transition)
    {
        if (ReferenceEquals(before, transition.Model))
        {
            return transition;
        }

        var model = Arrange(RepairFocus(RepairSelection(before, Order(before, transition.Model))));
        model = before.Panes.Count != model.Panes.Count && model.Panes.Count > MostPanesKept ? ForgetPanes(model) : model;
        var settled = transition with { Model = model };
        settled = before.Visible.SequenceEqual(model.Visible) ? settled : settled.And(new WatchPanes(model.Visible));
        var log = (model.Overlay as LogOverlay)?.Log;
        return log == (before.Overlay as LogOverlay)?.Log ? settled : settled.And(new ReadLog(log));
    }

    private static AppModel Order(AppModel before, AppModel model)
    {
        if (ReferenceEquals(before.Fleet, model.Fleet) && before.List.Filter == model.List.Filter && before.List.Sort == model.List.Sort)
        {
            return model;
        }

        var shown = AgentOrder.Of(model.Fleet, AgentFilter.Parse(model.List.Filter), model.List.Sort);
        return shown.SequenceEqual(model.Shown) ? model : model with { Shown = shown };
    }

    // An agent that leaves the list hands the selection to the one that takes its place.
    private static AppModel RepairSelection(AppModel before, AppModel model)
    {
        var list = model.List;
        if (!ReferenceEquals(before.Fleet, model.Fleet) && !list.Marked.IsEmpty)
        {
            var marked = list.Marked.Except(list.Marked.Where(id => !model.Fleet.Agents.ContainsKey(id)));
            list = marked.Count == list.Marked.Count ? list : list with { Marked = marked };
        }

        if (list.Selected is not { } selected || !model.Shown.Contains(selected))
        {
            var index = list.Selected is { } lost ? Math.Max(0, before.Shown.IndexOf(lost)) : 0;
            var next = model.Shown.IsEmpty ? (AgentId?)null : model.Shown[Math.Min(index, model.Shown.Length - 1)];
            list = list.Selected == next ? list : list with { Selected = next };
        }

        return ReferenceEquals(list, model.List) ? model : model with { List = list };
    }

    private static AppModel RepairFocus(AppModel model)
    {
        var wall = model.Wall;
        if (!wall.Pinned.IsEmpty && wall.Pinned.Any(id => !model.Fleet.Agents.ContainsKey(id)))
        {
            wall = wall with { Pinned = wall.Pinned.RemoveAll(id => !model.Fleet.Agents.ContainsKey(id)) };
        }

        if (wall.Focused is { } focused && !model.Fleet.Agents.ContainsKey(focused))
        {
            var what = wall.IsTyping ? "typing ended" : "focus returned to the list";
            model = Notices.Add(model, NoticeKind.Warning, $"{PlainText.Sanitize(focused.ToString())} is gone; {what}");
            wall = TypingUpdate.Cut(wall) with { Focused = null, History = null };
        }
        else if (wall.IsTyping && model.Fleet.Agents[wall.Focused!.Value].Status is { IsLive: false, Phase: var phase })
        {
            model = Notices.Add(model, NoticeKind.Warning, $"{PlainText.Sanitize(wall.Focused.Value.ToString())} is {Words.Of(phase)}; typing ended");
            wall = TypingUpdate.Cut(wall);
        }

        if (wall.IsZoomed && (wall.Focused ?? model.List.Selected) is null)
        {
            wall = wall with { IsZoomed = false };
        }

        return ReferenceEquals(wall, model.Wall) ? model : model with { Wall = wall };
    }

    private static AppModel Arrange(AppModel model)
    {
        var news = NewsLines.Count(model);
        var faults = FaultLines.Of(model).Length;
        var visible = WallPlan.Of(model, DeckLayout.Capacity(model.Screen, faults, news, model.Wall.Panes, model.Wall.IsZoomed));
        var layout = DeckLayout.Of(model.Screen, faults, news, visible.Length, model.Wall.IsZoomed);
        var offset = ListUpdate.Reveal(model, layout.ListRows);
        return model with
        {
            Visible = visible.SequenceEqual(model.Visible) ? model.Visible : visible,
            Layout = SameLayout(layout, model.Layout) ? model.Layout : layout,
            List = offset == model.List.Offset ? model.List : model.List with { Offset = offset },
            // A pane that cannot be seen must not take the keys of the agent that is highlighted in the list.
            Wall = model.Wall.Focused is { } focused && !visible.Contains(focused)
                ? TypingUpdate.Cut(model.Wall) with { Focused = null, History = null }
                : model.Wall,
        };
    }

    private static bool SameLayout(DeckLayout left, DeckLayout right) =>
        left with { Panes = [] } == right with { Panes = [] } && left.Panes.SequenceEqual(right.Panes);

    private static AppModel ForgetPanes(AppModel model) =>
        model with { Panes = model.Panes.RemoveRange(model.Panes.Keys.Where(id => !model.Visible.Contains(id)).ToArray()) };
}
