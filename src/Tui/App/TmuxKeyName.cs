using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App;

/// <summary>Keys of the operator's terminal as tmux names them (<c>send-keys</c>, tmux(1) KEY BINDINGS).</summary>
internal static class TmuxKeyName
{
    /// <summary>The key for an agent's pane, or null when tmux has no name for it.</summary>
    public static AgentKey? Of(KeyChord chord)
    {
        if ((chord.Modifiers & KeyModifiers.Super) != 0)
        {
            return null;
        }

        if (chord is { Key: Key.Character, Modifiers: KeyModifiers.None })
        {
            return new AgentKey(chord.Rune.ToString(), IsLiteral: true);
        }

        if (chord is { Key: Key.Tab, Modifiers: KeyModifiers.Shift })
        {
            return new AgentKey("BTab", IsLiteral: false);
        }

        var prefix = (Held(chord, KeyModifiers.Control) ? "C-" : "") + (Held(chord, KeyModifiers.Alt) ? "M-" : "") + (Held(chord, KeyModifiers.Shift) ? "S-" : "");
        return new AgentKey(prefix + NameOf(chord), IsLiteral: false);
    }

    private static bool Held(KeyChord chord, KeyModifiers modifier) => (chord.Modifiers & modifier) != 0;

    private static string NameOf(KeyChord chord) => chord.Key switch
    {
        Key.Character when chord.Rune.Value == ' ' => "Space",
        Key.Character => chord.Rune.ToString(),
        Key.Backspace => "BSpace",
        Key.PageUp => "PPage",
        Key.PageDown => "NPage",
        Key.Insert => "IC",
        Key.Delete => "DC",
        _ => chord.Key.ToString(),
    };
}
