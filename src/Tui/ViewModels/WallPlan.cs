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

        // Without a copy of the list: this runs with every message, and the list may have thousands of rows.
        var (shown, pins, first) = (model.Shown, model.Wall.Pinned, wall.Count);
        var start = model.List.Selected is { } id && !pins.Contains(id) ? Math.Max(0, shown.IndexOf(id)) : 0;
        for (var index = start; index < shown.Length && wall.Count < capacity; index++)
        {
            if (!pins.Contains(shown[index]))
            {
                wall.Add(shown[index]);
            }
        }

        for (var index = start - 1; index >= 0 && wall.Count < capacity; index--)
        {
            if (!pins.Contains(shown[index]))
            {
                wall.Insert(first, shown[index]);
            }
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
