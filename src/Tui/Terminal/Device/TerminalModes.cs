namespace AgentDeck.Tui.Terminal.Device;

/// <summary>
/// The sequences that make a terminal ours and give it back, from xterm's <c>ctlseqs</c>. modifyOtherKeys and kitty's flags
/// stay as they are: no default key needs them, and a crash would leave them on.
/// </summary>
internal static class TerminalModes
{
    /// <summary>Saves the title, alternate screen, bracketed paste, focus reports, no cursor, and an empty screen.</summary>
    public static ReadOnlySpan<byte> Enter => "\e[22;0t\e[?1049h\e[?2004h\e[?1004h\e[?25l\e[m\e[2J\e[H"u8;

    /// <summary>
    /// Undoes <see cref="Enter"/>. Starts with a string terminator, which ends a sequence that was torn by the death of its writer.
    /// </summary>
    public static ReadOnlySpan<byte> Leave =>
        "\e\\\e[?2026l\e[?7h\e[m\e[?1006l\e[?1002l\e[?1004l\e[?2004l\e[?25h\e[?1049l\e[23;0t"u8;

    /// <summary>
    /// Undoes what somebody else may have left behind on the main screen, a tmux client that died for example: alternate screen,
    /// mouse, application keys, character set, cursor's shape, scroll region, line wrap.
    /// </summary>
    public static ReadOnlySpan<byte> Reset =>
        "\e\\\e[?2026l\e[?1049l\e[m\e(B\x0f\e[?1l\e>\e[?7h\e[?9l\e[?1000l\e[?1002l\e[?1003l\e[?1005l\e[?1006l\e[?1015l\e[?1004l\e[?2004l\e[0 q\e[r\e[?25h"u8;
}
