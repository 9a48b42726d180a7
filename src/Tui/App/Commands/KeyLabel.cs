using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Commands;

/// <summary>Key chords as they stand in footer, help and menus: <c>Ctrl-]</c>, <c>↵</c>, <c>space</c>, <c>G</c>.</summary>
internal static class KeyLabel
{
    /// <summary>The label of one chord.</summary>
    public static string Of(KeyChord chord) =>
        Prefix(chord, KeyModifiers.Control, "Ctrl-") + Prefix(chord, KeyModifiers.Alt, "Alt-") + Prefix(chord, KeyModifiers.Shift, "Shift-") + Name(chord);

    /// <summary>The labels of several chords: <c>j, ↓</c>; <c>–</c> when there is none.</summary>
    public static string Of(IReadOnlyList<KeyChord> chords) => chords.Count == 0 ? "–" : string.Join(", ", chords.Select(Of));

    private static string Prefix(KeyChord chord, KeyModifiers modifier, string text) => (chord.Modifiers & modifier) != 0 ? text : "";

    private static string Name(KeyChord chord) => chord.Key switch
    {
        Key.Character when chord.Rune.Value == ' ' => "space",
        Key.Character when (chord.Modifiers & KeyModifiers.Control) != 0 => chord.Rune.ToString().ToUpperInvariant(),
        Key.Character => chord.Rune.ToString(),
        Key.Enter => "↵",
        Key.Up => "↑",
        Key.Down => "↓",
        Key.Left => "←",
        Key.Right => "→",
        Key.PageUp => "PgUp",
        Key.PageDown => "PgDn",
        Key.Escape => "Esc",
        Key.Insert => "Ins",
        Key.Delete => "Del",
        _ => chord.Key.ToString(),
    };
}
