using System.Globalization;

namespace AgentDeck.Engine.Tmux;

/// <summary>tmux's version; letters and suffixes are dropped.</summary>
/// <param name="Major">Before the dot.</param>
/// <param name="Minor">After the dot.</param>
internal readonly record struct TmuxVersion(int Major, int Minor)
{
    /// <summary>The oldest one with <c>refresh-client -B</c>, <c>attach-session -f</c> and <c>-N</c>, which a link needs.</summary>
    public static readonly TmuxVersion OldestForLinks = new(3, 2);

    /// <summary>Whether a control-mode link can be kept to it; older ones are looked at in intervals, see <see cref="TmuxOneShot"/>.</summary>
    public bool SupportsLinks => Major > OldestForLinks.Major || (Major == OldestForLinks.Major && Minor >= OldestForLinks.Minor);

    /// <summary>Reads <c>tmux 3.3a</c>, <c>3.3a</c>, <c>next-3.5</c> or <c>openbsd-7.0</c>; a text without a number is the newest.</summary>
    public static TmuxVersion Parse(string text)
    {
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');

        // Builds from the development branch call themselves "master"; OpenBSD's carry the number of the system.
        if (start < 0 || text.Contains("openbsd", StringComparison.Ordinal))
        {
            return new TmuxVersion(int.MaxValue, 0);
        }

        var parts = text[start..].Split('.', 2);
        return new TmuxVersion(Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : 0);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int Number(string text)
    {
        var length = 0;
        while (length < text.Length && length < 6 && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        return length == 0 ? 0 : int.Parse(text.AsSpan(0, length), CultureInfo.InvariantCulture);
    }
}
