using System.Text;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>
/// Which key a sequence stands for: xterm's (<c>ctlseqs</c>, "PC-Style Function Keys"), the VT220's, the Linux console's, and the
/// code-point forms of modifyOtherKeys and CSI-u (the kitty keyboard protocol's legacy part).
/// </summary>
internal static class KeySequences
{
    private const int Released = 3;

    /// <summary>The key of a final byte in <c>CSI A</c>, <c>CSI 1;5A</c> and <c>SS3 A</c>; null for another sequence.</summary>
    public static Key? ByFinal(byte final) => final switch
    {
        (byte)'A' => Key.Up,
        (byte)'B' => Key.Down,
        (byte)'C' => Key.Right,
        (byte)'D' => Key.Left,
        (byte)'H' => Key.Home,
        (byte)'F' => Key.End,
        (byte)'P' => Key.F1,
        (byte)'Q' => Key.F2,
        (byte)'R' => Key.F3,
        (byte)'S' => Key.F4,
        (byte)'Z' => Key.Tab,
        _ => null,
    };

    /// <summary>The key of a number in <c>CSI 15~</c>; null for one that is unknown.</summary>
    public static Key? ByNumber(int number) => number switch
    {
        1 or 7 => Key.Home,
        2 => Key.Insert,
        3 => Key.Delete,
        4 or 8 => Key.End,
        5 => Key.PageUp,
        6 => Key.PageDown,
        >= 11 and <= 15 => Key.F1 + (byte)(number - 11),
        >= 17 and <= 21 => Key.F6 + (byte)(number - 17),
        23 or 24 => Key.F11 + (byte)(number - 23),
        _ => null,
    };

    /// <summary>The key of a final byte after <c>CSI [</c>, as the Linux console sends F1 to F5.</summary>
    public static Key? ByLinuxConsole(byte final) => final is >= (byte)'A' and <= (byte)'E' ? Key.F1 + (byte)(final - 'A') : null;

    /// <summary>The character of a keypad key in <c>SS3 p</c>; null for another one. <c>SS3 M</c> is Enter.</summary>
    public static KeyChord? ByKeypad(byte final) => final switch
    {
        (byte)'M' => KeyChord.Of(Key.Enter),
        (byte)'I' => KeyChord.Of(Key.Tab),
        (byte)'X' => KeyChord.Of('='),
        >= (byte)'j' and <= (byte)'y' => KeyChord.Of((char)(final - 0x40)),
        _ => null,
    };

    /// <summary>Modifiers from xterm's parameter (1 and a sum); left out means none. Caps and Num Lock are ignored.</summary>
    public static KeyModifiers Modifiers(int parameter)
    {
        var bits = Math.Clamp(parameter - 1, 0, byte.MaxValue);
        var modifiers = (KeyModifiers)(bits & 0xf);
        return (bits & 0x30) != 0 ? modifiers | KeyModifiers.Super : modifiers;
    }

    /// <summary>The chord of a code point with modifiers; null when it is no key that we know or it was released.</summary>
    /// <param name="code">The code point of the key without Shift.</param>
    /// <param name="shifted">The code point with Shift, or −1.</param>
    /// <param name="modifierParameter">xterm's modifier parameter.</param>
    /// <param name="eventType">1 or −1 for a press, 2 for a repeat, 3 for a release.</param>
    public static KeyChord? ByCodePoint(int code, int shifted, int modifierParameter, int eventType)
    {
        if (eventType == Released)
        {
            return null;
        }

        var modifiers = Modifiers(modifierParameter);
        var key = code switch
        {
            9 => Key.Tab,
            13 => Key.Enter,
            27 => Key.Escape,
            8 or 127 => Key.Backspace,
            _ => Key.Character,
        };
        return key != Key.Character ? KeyChord.Of(key, modifiers) : Character(code, shifted, modifiers);
    }

    /// <summary>The chord of a C0 byte other than Escape, or of DEL.</summary>
    public static KeyChord ByControl(byte value, KeyModifiers modifiers) => value switch
    {
        0x0d => KeyChord.Of(Key.Enter, modifiers),
        0x09 => KeyChord.Of(Key.Tab, modifiers),
        0x08 or 0x7f => KeyChord.Of(Key.Backspace, modifiers),
        0x00 => KeyChord.Of(' ', modifiers | KeyModifiers.Control),
        < 0x1b => KeyChord.Of((char)('a' + value - 1), modifiers | KeyModifiers.Control),
        _ => KeyChord.Of((char)('\\' + value - 0x1c), modifiers | KeyModifiers.Control),
    };

    // Shift is part of the character; a control chord carries the lower-case letter.
    private static KeyChord? Character(int code, int shifted, KeyModifiers modifiers)
    {
        var withShift = modifiers.HasFlag(KeyModifiers.Shift);
        if (!Rune.TryCreate(withShift && shifted > 0 ? shifted : code, out var rune) || Rune.IsControl(rune)
            || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.PrivateUse)
        {
            // The private-use area holds kitty's codes for keys that legacy terminals do not have.
            return null;
        }

        rune = modifiers.HasFlag(KeyModifiers.Control) ? Rune.ToLowerInvariant(rune)
            : withShift && shifted <= 0 ? Rune.ToUpperInvariant(rune)
            : rune;
        return new KeyChord(Key.Character, rune, modifiers & ~KeyModifiers.Shift);
    }
}
