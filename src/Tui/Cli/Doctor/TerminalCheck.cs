namespace AgentDeck.Tui.Cli.Doctor;

/// <summary>Whether the terminal and the locale let the deck draw.</summary>
internal static class TerminalCheck
{
    /// <summary>Whether the terminal's type is one that can address its cells.</summary>
    public static Finding Type(Func<string, string?> environment) => environment("TERM") switch
    {
        null or "" => new Finding(Grade.Bad, "terminal", "TERM is not set", "run the deck in a terminal, or set TERM, for example to xterm-256color"),
        "dumb" => new Finding(Grade.Bad, "terminal", "TERM=dumb cannot show a full screen", "use another terminal; 'agentdeck --once' works in this one"),
        var term => new Finding(Grade.Good, "terminal", $"TERM={term}{(environment("TMUX") is { Length: > 0 } ? ", inside tmux" : "")}"),
    };

    /// <summary>How many colours there will be.</summary>
    public static Finding Colors(Func<string, string?> environment)
    {
        const string subject = "colours";
        if (environment("NO_COLOR") is { Length: > 0 })
        {
            return new Finding(Grade.Good, subject, "none, as NO_COLOR asks");
        }

        var term = environment("TERM") ?? "";
        return environment("COLORTERM") is "truecolor" or "24bit" ? new Finding(Grade.Good, subject, "16 million")
            : term.Contains("256color", StringComparison.Ordinal) ? new Finding(Grade.Good, subject, "256", "set COLORTERM=truecolor if the terminal shows more")
            : new Finding(Grade.Doubtful, subject, "16 or fewer", "set TERM to a 256-colour type, for example xterm-256color or tmux-256color");
    }

    /// <summary>Whether text is UTF-8, by the rules of POSIX: the first of these variables that is set decides.</summary>
    public static Finding Locale(Func<string, string?> environment)
    {
        string[] variables = ["LC_ALL", "LC_CTYPE", "LANG"];
        const string remedy = "set LANG to a UTF-8 locale, for example C.UTF-8; borders and other scripts may show as garbage until then";
        var name = Array.Find(variables, variable => environment(variable) is { Length: > 0 });
        if (name is null)
        {
            return new Finding(Grade.Doubtful, "locale", "no locale is set", remedy);
        }

        var value = environment(name)!;
        var isUtf8 = value.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || value.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
        return isUtf8 ? new Finding(Grade.Good, "locale", $"{name}={value}") : new Finding(Grade.Doubtful, "locale", $"{name}={value} is not UTF-8", remedy);
    }

    /// <summary>Whether there is a terminal to draw on at all.</summary>
    public static Finding Output(ICliConsole console) => console.IsOutputTerminal
        ? new Finding(Grade.Good, "output", $"a terminal, {console.Width} columns wide")
        : new Finding(Grade.Doubtful, "output", "not a terminal here", "the deck needs one; 'agentdeck --once' does not");
}
