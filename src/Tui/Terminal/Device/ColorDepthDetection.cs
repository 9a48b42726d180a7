using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>How many colours a terminal shows, from what it says in the environment.</summary>
internal static class ColorDepthDetection
{
    private static readonly string[] TrueColorTerminals = ["kitty", "alacritty", "foot", "wezterm", "ghostty", "-direct", "truecolor"];

    /// <summary>Decides by <c>NO_COLOR</c>, <c>TERM</c> and <c>COLORTERM</c>, in this order of weight.</summary>
    public static ColorDepth Detect(Func<string, string?> variable)
    {
        var terminal = variable("TERM") ?? "";
        if (!string.IsNullOrEmpty(variable("NO_COLOR")) || terminal is "" or "dumb" || terminal.StartsWith("vt", StringComparison.Ordinal))
        {
            return ColorDepth.None;
        }

        if (terminal == "linux")
        {
            return ColorDepth.Sixteen;
        }

        // GNU screen inherits COLORTERM from the terminal around it but does not understand 24-bit colours; tmux does.
        var isScreen = terminal.StartsWith("screen", StringComparison.Ordinal) && string.IsNullOrEmpty(variable("TMUX"));
        if ((!isScreen && variable("COLORTERM") is ("truecolor" or "24bit"))
            || Array.Exists(TrueColorTerminals, name => terminal.Contains(name, StringComparison.Ordinal)))
        {
            return ColorDepth.TrueColor;
        }

        return terminal.Contains("256color", StringComparison.Ordinal) ? ColorDepth.Indexed : ColorDepth.Sixteen;
    }
}
