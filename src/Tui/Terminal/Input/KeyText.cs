using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>
/// Keys in words, as configuration files, footer and help write them: <c>ctrl+]</c>, <c>alt+enter</c>, <c>G</c>, <c>space</c>,
/// <c>f5</c>, <c>shift+tab</c>, or one character. Whatever <see cref="Print"/> writes for a chord that can be bound, <see cref="TryParse"/> reads.
/// </summary>
internal static class KeyText
{
    private static readonly (Key Key, string Name)[] Names =
    [
        (Key.Enter, "enter"), (Key.Tab, "tab"), (Key.Backspace, "backspace"), (Key.Escape, "escape"),
        (Key.Up, "up"), (Key.Down, "down"), (Key.Left, "left"), (Key.Right, "right"),
        (Key.Home, "home"), (Key.End, "end"), (Key.PageUp, "pageup"), (Key.PageDown, "pagedown"),
        (Key.Insert, "insert"), (Key.Delete, "delete"),
        (Key.F1, "f1"), (Key.F2, "f2"), (Key.F3, "f3"), (Key.F4, "f4"), (Key.F5, "f5"), (Key.F6, "f6"),
        (Key.F7, "f7"), (Key.F8, "f8"), (Key.F9, "f9"), (Key.F10, "f10"), (Key.F11, "f11"), (Key.F12, "f12"),
    ];

    private static readonly FrozenDictionary<string, Key> ByName = Names
        .Concat([(Key.Enter, "return"), (Key.Escape, "esc"), (Key.PageUp, "pgup"), (Key.PageDown, "pgdn"), (Key.Insert, "ins"), (Key.Delete, "del")])
        .ToFrozenDictionary(entry => entry.Item2, entry => entry.Item1, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<Key, string> ByKey = Names.ToFrozenDictionary(entry => entry.Key, entry => entry.Name);

    // Terminals send the same byte for both.
    private static readonly FrozenDictionary<char, string> SameByte = new Dictionary<char, string>
    {
        ['['] = "escape",
        ['i'] = "tab",
        ['m'] = "enter",
        ['h'] = "backspace",
        ['?'] = "backspace",
        ['/'] = "ctrl+_",
        ['@'] = "ctrl+space",
    }.ToFrozenDictionary();

    /// <summary>Prints a chord: modifiers in the order ctrl, alt, shift, super, then the key.</summary>
    public static string Print(KeyChord chord)
    {
        var text = new StringBuilder();
        text.Append(chord.Modifiers.HasFlag(KeyModifiers.Control) ? "ctrl+" : "");
        text.Append(chord.Modifiers.HasFlag(KeyModifiers.Alt) ? "alt+" : "");
        text.Append(chord.Modifiers.HasFlag(KeyModifiers.Shift) ? "shift+" : "");
        text.Append(chord.Modifiers.HasFlag(KeyModifiers.Super) ? "super+" : "");
        text.Append(chord.Key != Key.Character ? ByKey[chord.Key] : chord.Rune.Value == ' ' ? "space" : chord.Rune.ToString());
        return text.ToString();
    }

    /// <summary>Reads a chord; when it cannot, <paramref name="error"/> says why and what to write instead.</summary>
    public static bool TryParse(string text, out KeyChord chord, [NotNullWhen(false)] out string? error)
    {
        chord = default;
        var modifiers = KeyModifiers.None;
        var rest = text;

        // The last plus is a key of its own: "ctrl++".
        for (var plus = rest.IndexOf('+', StringComparison.Ordinal); plus > 0 && plus < rest.Length - 1; plus = rest.IndexOf('+', StringComparison.Ordinal))
        {
            if (Modifier(rest[..plus]) is not { } modifier)
            {
                error = $"'{rest[..plus]}' is no modifier; write ctrl, alt or shift";
                return false;
            }

            modifiers |= modifier;
            rest = rest[(plus + 1)..];
        }

        error = Resolve(text, rest, ref modifiers, out var key, out var rune);
        chord = error is null ? new KeyChord(key, rune, modifiers) : default;
        return error is null;
    }

    private static KeyModifiers? Modifier(string name) => name.ToUpperInvariant() switch
    {
        "CTRL" or "CONTROL" => KeyModifiers.Control,
        "ALT" or "META" => KeyModifiers.Alt,
        "SHIFT" => KeyModifiers.Shift,
        _ => null,
    };

    private static string? Resolve(string text, string name, ref KeyModifiers modifiers, out Key key, out Rune rune)
    {
        rune = default;
        if (ByName.TryGetValue(name, out key))
        {
            return null;
        }

        key = Key.Character;
        if (name.Equals("space", StringComparison.OrdinalIgnoreCase))
        {
            rune = new Rune(' ');
        }
        else if (Rune.DecodeFromUtf16(name, out rune, out var length) != System.Buffers.OperationStatus.Done || length != name.Length)
        {
            return name.Length == 0
                ? "a key is missing; write for example ctrl+n, f5 or G"
                : $"'{name}' is no key; write one character, or enter, tab, space, escape, backspace, up, down, left, right, home, end, "
                  + "pageup, pagedown, insert, delete, f1 to f12";
        }

        if (Rune.IsControl(rune))
        {
            return "a control character is no key; write it in words, for example ctrl+c or tab";
        }

        if (modifiers.HasFlag(KeyModifiers.Shift))
        {
            return $"'{text}': with a character Shift is part of the character; write {Rune.ToUpperInvariant(rune)} for shift+{rune}";
        }

        if (modifiers.HasFlag(KeyModifiers.Control))
        {
            rune = Rune.ToLowerInvariant(rune);
            if (rune.IsBmp && SameByte.TryGetValue((char)rune.Value, out var same))
            {
                return $"'{text}': terminals do not tell ctrl+{rune} from {same}; write {same}";
            }
        }

        return null;
    }
}
