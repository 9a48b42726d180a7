using System.Text;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>
/// One key press. Characters carry their rune as typed (<c>G</c>, not Shift and <c>g</c>), so Shift is never set for them;
/// a control chord carries the lower-case letter (<c>Ctrl-C</c> is <c>c</c> with Control).
/// </summary>
/// <param name="Key">Which key.</param>
/// <param name="Rune">The character; the null rune unless <paramref name="Key"/> is <see cref="Key.Character"/>.</param>
/// <param name="Modifiers">Keys held together with it.</param>
internal readonly record struct KeyChord(Key Key, Rune Rune, KeyModifiers Modifiers)
{
    /// <summary>A character.</summary>
    public static KeyChord Of(char character, KeyModifiers modifiers = KeyModifiers.None) => new(Key.Character, new Rune(character), modifiers);

    /// <summary>A named key.</summary>
    public static KeyChord Of(Key key, KeyModifiers modifiers = KeyModifiers.None) => new(key, default, modifiers);
}
