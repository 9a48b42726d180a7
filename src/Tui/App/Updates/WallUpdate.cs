using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Updates;

/// <summary>What commands do to the wall of panes.</summary>
internal static class WallUpdate
{
    private static readonly int[] Layouts = [1, 2, 4, 6, 9];

    /// <summary>The next number of panes.</summary>
    public static AppModel NextLayout(AppModel model)
    {
        var panes = Layouts[(Array.IndexOf(Layouts, model.Wall.Panes) + 1) % Layouts.Length];
        return Notices.Add(model with { Wall = model.Wall with { Panes = panes, IsZoomed = false } }, NoticeKind.Info, panes == 1 ? "1 pane" : $"{panes} panes", "panes");
    }

    /// <summary>Lets the focused or selected pane fill the screen, or ends that. A zoomed pane has the focus.</summary>
    public static AppModel Zoom(AppModel model) => model.Wall.IsZoomed
        ? model with { Wall = model.Wall with { IsZoomed = false } }
        : model with { Wall = model.Wall with { IsZoomed = true, Focused = CommandTargets.Current(model)!.Id } };

    /// <summary>Pins the current agent's pane, or lets it go.</summary>
    public static AppModel Pin(AppModel model)
    {
        var agent = CommandTargets.Current(model)!.Id;
        var pinned = model.Wall.Pinned;
        return model with { Wall = model.Wall with { Pinned = pinned.Contains(agent) ? pinned.Remove(agent) : pinned.Add(agent) } };
    }

    /// <summary>Focuses the pane at a place of the wall, 0-based.</summary>
    public static AppModel FocusAt(AppModel model, int index) => Focus(model, model.Visible[index]);

    /// <summary>Moves the focus by one through the list and the panes; when zoomed through the shown agents.</summary>
    public static AppModel FocusBy(AppModel model, int step)
    {
        var ring = model.Wall.IsZoomed ? model.Shown : model.Visible;
        if (ring.IsEmpty)
        {
            return model;
        }

        // Zoomed there is no list to go to, so the ring has no place for it.
        var places = model.Wall.IsZoomed ? ring.Length : ring.Length + 1;
        var current = model.Wall.Focused is { } focused ? ring.IndexOf(focused) : model.Wall.IsZoomed ? 0 : ring.Length;
        var next = (Math.Max(0, current) + step + places) % places;
        return Focus(model, next == ring.Length ? null : ring[next]);
    }

    /// <summary>Gives the focus to an agent's pane, or to the list.</summary>
    public static AppModel Focus(AppModel model, AgentId? agent) =>
        model.Wall.Focused == agent ? model : model with { Wall = model.Wall with { Focused = agent, History = null, IsTyping = false } };

    /// <summary>Leaves the innermost thing: history, zoom, focus, marks, filter.</summary>
    public static AppModel Back(AppModel model) => model switch
    {
        { Wall.History: not null } => model with { Wall = model.Wall with { History = null } },
        { Wall.IsZoomed: true } => model with { Wall = model.Wall with { IsZoomed = false, Focused = null } },
        { Wall.Focused: not null } => Focus(model, null),
        { List.Marked.IsEmpty: false } => model with { List = model.List with { Marked = [] } },
        { List.Filter.Length: > 0 } => model with { List = model.List with { Filter = "" } },
        { Notices.IsEmpty: false } => model with { Notices = [] },
        _ => model,
    };
}
