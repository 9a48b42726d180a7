using AgentDeck.Tui.Terminal.Ansi;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>Reads a key from the parameters and the final byte of a CSI sequence without prefix.</summary>
internal static class CsiKey
{
    private const int ModifyOtherKeys = 27;

    /// <summary>The chord, or null when the sequence is no key: an answer of the terminal, or unknown.</summary>
    /// <param name="parameters">Digits, semicolons and colons only.</param>
    /// <param name="final">The final byte.</param>
    /// <param name="prefix">Alt, when an Escape stood before the sequence.</param>
    public static KeyChord? Read(ReadOnlySpan<byte> parameters, byte final, KeyModifiers prefix)
    {
        var reader = new CsiParameters(parameters);
        Span<int> first = stackalloc int[CsiParameters.LongestGroup];
        Span<int> second = stackalloc int[CsiParameters.LongestGroup];
        Span<int> third = stackalloc int[CsiParameters.LongestGroup];
        reader.TryReadGroup(first, out var firstCount);
        if (!reader.TryReadGroup(second, out var secondCount))
        {
            second[0] = -1;
            secondCount = 1;
        }

        var hasThird = reader.TryReadGroup(third, out _);
        var eventType = secondCount > 1 ? second[1] : -1;
        var chord = final switch
        {
            (byte)'u' => KeySequences.ByCodePoint(first[0], firstCount > 1 ? first[1] : -1, second[0], eventType),
            (byte)'~' when first[0] == ModifyOtherKeys && hasThird => KeySequences.ByCodePoint(third[0], -1, second[0], eventType),
            (byte)'~' => Named(KeySequences.ByNumber(first[0]), second[0], eventType),
            (byte)'R' when !IsModifiedKey(first[0], second[0]) => null,
            (byte)'Z' => Named(Key.Tab, (Math.Max(1, second[0]) - 1 | 1) + 1, eventType),
            _ => Named(KeySequences.ByFinal(final), second[0], eventType),
        };
        return chord is { } known ? known with { Modifiers = known.Modifiers | prefix } : null;
    }

    /// <summary>The last number of a list, or −1.</summary>
    public static int LastNumber(ReadOnlySpan<byte> parameters)
    {
        var reader = new CsiParameters(parameters);
        Span<int> group = stackalloc int[CsiParameters.LongestGroup];
        var last = -1;
        while (reader.TryReadGroup(group, out _))
        {
            last = group[0];
        }

        return last;
    }

    // CSI 1;5R is Ctrl-F3, but CSI 12;40R is where the cursor is.
    private static bool IsModifiedKey(int first, int second) => first is 1 or -1 && second is -1 or (>= 2 and <= 16);

    private static KeyChord? Named(Key? key, int modifierParameter, int eventType) =>
        key is { } known && eventType != 3 ? KeyChord.Of(known, KeySequences.Modifiers(modifierParameter)) : null;
}
