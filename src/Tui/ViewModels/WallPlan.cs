using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.ViewModels;

/// <summary>Which agents the wall shows.</summary>
internal static class WallPlan
{
    /// <summary>
    /// Pinned agents, then the selected one and what follows it in the list; near the end of the list also what precedes it, so that
    /// the wall stays full. The focused agent is always among them. Zoomed: only the focused or selected one.
    /// </summary>
    public static ImmutableArray<AgentId> Of(AppModel model, int capacity)
    {
        if (capacity == 0)
        {
            return [];
        }

        if (model.Wall.IsZoomed)
        {
            return (model.Wall.Focused ?? model.List.Selected) is { } only ? [only] : [];
        }

        var wall = ImmutableArray.CreateBuilder<AgentId>(capacity);
        foreach (var pinned in model.Wall.Pinned)
        {
            Add(wall, pinned, capacity);
        }

        var free = model.Shown.Where(agent => !model.Wall.Pinned.Contains(agent)).ToArray();
        var needed = Math.Min(capacity - wall.Count, free.Length);
        var selected = model.List.Selected is { } id ? Array.IndexOf(free, id) : 0;
        for (var index = Math.Min(Math.Max(0, selected), free.Length - needed); index < free.Length && wall.Count < capacity; index++)
        {
            wall.Add(free[index]);
        }

        if (model.Wall.Focused is { } focused && !wall.Contains(focused) && wall.Count > 0)
        {
            wall[^1] = focused;
        }

        return wall.ToImmutable();
    }

    private static void Add(ImmutableArray<AgentId>.Builder wall, AgentId agent, int capacity)
    {
        if (wall.Count < capacity)
        {
            wall.Add(agent);
        }
    }
}
