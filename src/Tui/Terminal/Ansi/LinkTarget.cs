using System.Text;

namespace AgentDeck.Tui.Terminal.Ansi;

/// <summary>
/// Decides which OSC 8 targets are kept: <c>http</c>, <c>https</c> and <c>mailto</c>. A <c>file</c> link names a file of the
/// agent's machine and would open another one here; every other scheme can start programs.
/// </summary>
internal static class LinkTarget
{
    /// <summary>The longest target that is kept, in bytes.</summary>
    public const int Longest = 2048;

    /// <summary>Reads the content of an OSC 8 (<c>8;parameters;target</c>); null when it ends a link or is not kept.</summary>
    public static string? FromOsc(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("8;"u8))
        {
            return null;
        }

        content = content[2..];
        var target = content[(content.IndexOf((byte)';') + 1)..];
        return target.Length <= Longest && HasKnownScheme(target) && target.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7e) < 0
            ? Encoding.ASCII.GetString(target)
            : null;
    }

    private static bool HasKnownScheme(ReadOnlySpan<byte> target) =>
        Ascii.EqualsIgnoreCase(Head(target, 7), "http://"u8)
        || Ascii.EqualsIgnoreCase(Head(target, 8), "https://"u8)
        || Ascii.EqualsIgnoreCase(Head(target, 7), "mailto:"u8);

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> text, int length) => text[..Math.Min(length, text.Length)];
}
