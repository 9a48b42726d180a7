using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Commands in words, for titles, buttons and questions.</summary>
internal static class CommandText
{
    /// <summary>The verb, for example <c>stop</c>.</summary>
    public static string Verb(SessionCommand command) => command switch
    {
        SessionCommand.Nudge => "nudge",
        SessionCommand.Interrupt => "interrupt",
        SessionCommand.ClearScrollback => "clear scrollback",
        SessionCommand.SendKeys => "send keys",
        SessionCommand.Paste => "paste",
        SessionCommand.Start => "start",
        SessionCommand.Stop => "stop",
        SessionCommand.Restart => "restart",
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
    };

    /// <summary>The verb with a capital letter.</summary>
    public static string Title(SessionCommand command)
    {
        var verb = Verb(command);
        return char.ToUpperInvariant(verb[0]) + verb[1..];
    }

    /// <summary>What happens to each agent when it is confirmed, as one sentence.</summary>
    public static string Consequence(SessionCommand command) => command switch
    {
        SessionCommand.Nudge => "The text is typed into each agent and submitted.",
        SessionCommand.Interrupt => "Each agent's interrupt key is pressed once; what it is doing stops, the agent stays.",
        SessionCommand.ClearScrollback => "The lines above the screen are dropped; the screen itself stays.",
        SessionCommand.SendKeys or SessionCommand.Paste => "The keys go to each agent as if typed there.",
        SessionCommand.Start => "Its session is started with the command from agents.toml.",
        SessionCommand.Stop => "It is interrupted, gets a moment to end by itself, then its session is killed. Unsaved work in it is lost.",
        SessionCommand.Restart => "It is interrupted, gets a moment to end by itself, is killed, then started anew with the command from agents.toml. Unsaved work in it is lost.",
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
    };

    /// <summary><c>1 agent</c>, <c>3 agents</c>.</summary>
    public static string Count(int agents) => agents == 1 ? "1 agent" : $"{agents} agents";
}
