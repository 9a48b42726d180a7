using System.Text;

namespace AgentDeck.Engine.Tmux;

/// <summary>Reads the lines that tmux sends between replies, except pane output.</summary>
internal static class ControlModeNotifications
{
    /// <summary>The notification on a line without its line feed; null when the line is none.</summary>
    public static TmuxNotification? Parse(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] != (byte)'%')
        {
            return null;
        }

        var (name, rest) = Split(Encoding.UTF8.GetString(line));
        var (first, remainder) = Split(rest);
        return name switch
        {
            "%subscription-changed" => Subscription(first, remainder),
            "%sessions-changed" => new TmuxNotification.SessionsChanged(),
            "%session-changed" => new TmuxNotification.SessionChanged(first, remainder),
            "%session-renamed" => new TmuxNotification.SessionRenamed(first, remainder),
            "%session-window-changed" => new TmuxNotification.SessionWindowChanged(first, remainder),
            "%window-pane-changed" => new TmuxNotification.WindowPaneChanged(first, remainder),
            "%layout-change" => new TmuxNotification.LayoutChanged(first),
            "%pane-mode-changed" => new TmuxNotification.PaneModeChanged(first),
            "%exit" => new TmuxNotification.Exited(rest),
            _ => new TmuxNotification.Unknown(name.Length > 64 ? name[..64] : name),
        };
    }

    // "<name> $1 @2 0 %3 : <value>", with "-" for each id that does not apply.
    private static TmuxNotification Subscription(string name, string rest)
    {
        var colon = rest.IndexOf(" : ", StringComparison.Ordinal);
        return colon < 0
            ? new TmuxNotification.Unknown("%subscription-changed")
            : new TmuxNotification.SubscriptionChanged(name, rest[(colon + 3)..]);
    }

    private static (string First, string Remainder) Split(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..]);
    }
}
