using System.Text;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>A text without escape sequences that still knows where each of its characters stood. Linear in the text's length.</summary>
internal sealed class EscapeFreeText
{
    private const char Escape = '\x1b';
    private const char Bell = '\a';

    private readonly List<int>? _origins;

    private EscapeFreeText(string text, List<int>? origins)
    {
        Text = text;
        _origins = origins;
    }

    /// <summary>The text without escape sequences.</summary>
    public string Text { get; }

    /// <summary>Whether anything was taken out.</summary>
    public bool HadEscapes => _origins is not null;

    /// <summary>Takes CSI and OSC sequences and lone escapes out. An OSC without an end loses only its introducer, so that it hides nothing.</summary>
    public static EscapeFreeText From(string text)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal))
        {
            return new EscapeFreeText(text, null);
        }

        var plain = new StringBuilder(text.Length);
        var origins = new List<int>(text.Length);
        var lastBell = text.LastIndexOf(Bell);
        var lastTerminator = text.LastIndexOf("\x1b\\", StringComparison.Ordinal);
        for (var index = 0; index < text.Length;)
        {
            if (text[index] != Escape)
            {
                origins.Add(index);
                plain.Append(text[index++]);
                continue;
            }

            index = (index + 1 < text.Length ? text[index + 1] : '\0') switch
            {
                '[' => EndOfCsi(text, index + 2),
                ']' when Math.Max(lastBell, lastTerminator) > index => EndOfOsc(text, index + 2),
                '\0' => index + 1,
                _ => index + 2,
            };
        }

        return new EscapeFreeText(plain.ToString(), origins);
    }

    /// <summary>The text as it is, escapes included.</summary>
    public static EscapeFreeText Whole(string text) => new(text, null);

    /// <summary>Where the character <paramref name="index"/> of <see cref="Text"/> stood.</summary>
    public int Origin(int index) => _origins is null ? index : _origins[index];

    private static int EndOfCsi(string text, int index)
    {
        while (index < text.Length && text[index] is >= ' ' and <= '?')
        {
            index++;
        }

        return index < text.Length && text[index] is >= '@' and <= '~' ? index + 1 : index;
    }

    private static int EndOfOsc(string text, int index)
    {
        while (index < text.Length && text[index] != Bell && text[index] != Escape)
        {
            index++;
        }

        return index >= text.Length ? index : text[index] == Bell ? index + 1 : text.AsSpan(index).StartsWith("\x1b\\") ? index + 2 : index;
    }
}
