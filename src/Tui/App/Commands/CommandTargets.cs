using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Commands;

/// <summary>Whom a command concerns.</summary>
internal static class CommandTargets
{
    /// <summary>The agent that the operator looks at: the focused pane's, else the selected one; null when it is not known any more.</summary>
    public static Agent? Current(AppModel model) =>
        (model.Wall.Focused ?? model.List.Selected) is { } id && model.Fleet.Agents.TryGetValue(id, out var agent) ? agent : null;

    /// <summary>The marked agents in name order when any are marked, else the current one; agents that are gone are left out.</summary>
    public static ImmutableArray<Agent> Of(AppModel model)
    {
        if (model.List.Marked.IsEmpty)
        {
            return Current(model) is { } current ? [current] : [];
        }

        return
        [
            .. from id in model.List.Marked
               where model.Fleet.Agents.ContainsKey(id)
               orderby id.Source, id.Scope, id.Name
               select model.Fleet.Agents[id],
        ];
    }
}
