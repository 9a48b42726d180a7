using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Commands;

/// <summary>Why commands cannot be done now; each returns null when the command can be done. Pure.</summary>
internal static class CommandReasons
{
    private const string NoAgent = "no agent is selected";

    /// <summary>Needs a current agent.</summary>
    public static string? NeedsAgent(AppModel model) => CommandTargets.Current(model) is null ? NoAgent : null;

    /// <summary>Needs at least one row.</summary>
    public static string? NeedsShown(AppModel model) => model.Shown.IsEmpty ? "no agent is shown" : null;

    /// <summary>Needs an agent that can be typed at; an approval menu is no hindrance, because the operator decides after seeing it.</summary>
    public static string? Nudge(AppModel model) => Session(model, new SessionCommand.Nudge("", Force: true));

    /// <summary>Needs one agent that has a terminal to attach to.</summary>
    public static string? Attach(AppModel model) =>
        CommandTargets.Current(model) is not { } agent ? NoAgent : SessionRules.WhyNoAttach(agent, model.Fleet.LimitsOf(agent.Id));

    /// <summary>Needs one agent that takes keys, and its pane on screen: nobody should type blindly.</summary>
    public static string? TypeInto(AppModel model) =>
        OfCurrent(model, new SessionCommand.SendKeys([])) is { } reason ? reason
        : model.Visible.Contains(CommandTargets.Current(model)!.Id) ? null : "its pane is not on screen; make the terminal larger or zoom";

    /// <summary>Needs at least one target that the engine would not refuse. With several targets each refuses for itself.</summary>
    public static string? Session(AppModel model, SessionCommand command)
    {
        var targets = CommandTargets.Of(model);
        string? first = null;
        foreach (var agent in targets)
        {
            if (SessionRules.WhyNot(command, agent, model.Fleet.LimitsOf(agent.Id)) is not { } reason)
            {
                return null;
            }

            first ??= reason;
        }

        return targets.Length switch
        {
            0 => NoAgent,
            1 => first,
            _ => $"none of the {targets.Length} marked agents allows it: {first}",
        };
    }

    /// <summary>Needs an agent in a container.</summary>
    public static string? Log(AppModel model) =>
        CommandTargets.Current(model) is { } agent ? SessionRules.WhyNoLog(agent, model.Fleet.LimitsOf(agent.Id)) : NoAgent;

    /// <summary>Needs a focused pane.</summary>
    public static string? NeedsPane(AppModel model) => model.Wall.Focused is null ? "no pane has the focus; Tab focuses one" : null;

    /// <summary>Needs a search.</summary>
    public static string? NeedsSearch(AppModel model) => model.Wall.History is { Search.Length: > 0 } ? null : "nothing is searched for; / searches";

    /// <summary>Needs typing.</summary>
    public static string? NeedsTyping(AppModel model) => model.Wall.IsTyping ? null : "keys already belong to the deck";

    /// <summary>Needs that many panes on the wall.</summary>
    public static string? HasPane(AppModel model, int number) =>
        number <= model.Visible.Length ? null : $"there is no pane {number} on the wall";

    private static string? OfCurrent(AppModel model, SessionCommand command) =>
        CommandTargets.Current(model) is not { } agent ? NoAgent : SessionRules.WhyNot(command, agent, model.Fleet.LimitsOf(agent.Id));
}
