using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Updates;

/// <summary>What commands do to the list.</summary>
internal static class ListUpdate
{
    /// <summary>Selects the row that many rows further down, or up when negative; stops at both ends.</summary>
    public static AppModel Move(AppModel model, int rows)
    {
        if (model.Shown.IsEmpty)
        {
            return model;
        }

        var index = model.List.Selected is { } selected ? model.Shown.IndexOf(selected) : 0;
        return Select(model, model.Shown[(int)Math.Clamp((long)index + rows, 0, model.Shown.Length - 1)]);
    }

    /// <summary>Selects an agent.</summary>
    public static AppModel Select(AppModel model, AgentId agent) =>
        model.List.Selected == agent ? model : model with { List = model.List with { Selected = agent } };

    /// <summary>Marks the current agent or takes its mark away.</summary>
    public static AppModel Mark(AppModel model)
    {
        var agent = CommandTargets.Current(model)!.Id;
        return model with { List = model.List with { Marked = model.List.Marked.SymmetricExcept([agent]) } };
    }

    /// <summary>Marks all shown agents, or takes all marks away when all of these are marked.</summary>
    public static AppModel MarkAll(AppModel model)
    {
        var marked = model.List.Marked;
        return model with { List = model.List with { Marked = model.Shown.All(marked.Contains) ? [] : marked.Union(model.Shown) } };
    }

    /// <summary>The next order.</summary>
    public static AppModel Sort(AppModel model) =>
        model with { List = model.List with { Sort = model.List.Sort == SortOrder.Age ? SortOrder.Attention : model.List.Sort + 1 } };

    /// <summary>Selects the next agent that needs the operator; the wall follows.</summary>
    public static AppModel NextNeedy(AppModel model)
    {
        var needy = Needy(model);
        if (needy.Count == 0)
        {
            var isSeen = model.Shown.Any(id => Attention.IsAcknowledged(model.Fleet.Agents[id]));
            return Notices.Add(model, NoticeKind.Info, isSeen ? "nothing needs you: what agents want is acknowledged" : "nothing needs you: no agent failed, waits or is idle");
        }

        var current = (model.Wall.Focused ?? model.List.Selected) is { } id ? needy.IndexOf(id) : -1;
        var next = needy[(current + 1) % needy.Count];
        return Select(WallUpdate.Focus(model, model.Wall.IsZoomed ? next : null), next);
    }

    /// <summary>The first row to show so that the selection is among <paramref name="rows"/> rows and no room is wasted at the end.</summary>
    public static int Reveal(AppModel model, int rows)
    {
        var offset = Math.Min(model.List.Offset, Math.Max(0, model.Shown.Length - rows));
        var selected = model.List.Selected is { } id ? model.Shown.IndexOf(id) : -1;
        return selected < 0 || rows <= 0 ? offset : Math.Clamp(offset, Math.Max(0, selected - rows + 1), selected);
    }

    // Failed, blocked, waiting and limited ones that nobody acknowledged, in the order of urgency; after them the idle ones, longest first.
    private static List<AgentId> Needy(AppModel model)
    {
        var agents = model.Shown.Select(id => model.Fleet.Agents[id]).ToArray();
        var urgent = agents.Where(agent => Attention.Rank(agent) <= 3).OrderBy(agent => Attention.Rank(agent));
        var idle = agents.Where(agent => agent.Status.Activity == Activity.Idle).OrderBy(agent => agent.Status.LastActivity ?? DateTimeOffset.MaxValue);
        return [.. urgent.Concat(idle).Select(agent => agent.Id)];
    }
}
