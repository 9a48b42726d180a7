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
        SessionCommand.Acknowledge => "acknowledge",
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

    /// <summary>What happens to so many agents when it is confirmed.</summary>
    public static string Consequence(SessionCommand command, int agents)
    {
        var (each, its) = agents == 1 ? ("It", "Its") : ("Each", "The");
        return command switch
        {
            SessionCommand.Nudge => $"{each} gets the text typed and submitted.",
            SessionCommand.Interrupt => $"{its} interrupt key is pressed once: what {(agents == 1 ? "it is" : "they are")} doing stops, the session stays.",
            SessionCommand.ClearScrollback => "The lines above the screen are dropped; the screen itself stays.",
            SessionCommand.Acknowledge => "What each wants counts as seen, until it changes or prints anything.",
            SessionCommand.SendKeys or SessionCommand.Paste => $"{each} gets the keys as if typed there.",
            SessionCommand.Start => $"{each} is started with the command from agents.toml.",
            SessionCommand.Stop => $"{each} is interrupted, gets a moment to end by itself, then {(agents == 1 ? "its" : "the")} session is killed. Work that is not saved is lost.",
            SessionCommand.Restart => $"{each} is interrupted, gets a moment to end by itself, is killed, then started anew with the command from agents.toml. Work that is not saved is lost.",
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
        };
    }

    /// <summary><c>1 agent</c>, <c>3 agents</c>.</summary>
    public static string Count(int agents) => agents == 1 ? "1 agent" : $"{agents} agents";
}
