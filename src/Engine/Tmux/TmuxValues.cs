using System.Globalization;

namespace AgentDeck.Engine.Tmux;

/// <summary>Reads the values of tmux's formats, which are empty where they do not apply.</summary>
internal static class TmuxValues
{
    /// <summary>A number, 0 when there is none.</summary>
    public static int Number(ReadOnlySpan<char> text) => OptionalNumber(text) ?? 0;

    /// <summary>A number, null when there is none.</summary>
    public static int? OptionalNumber(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A time in whole seconds since 1970, null when there is none.</summary>
    public static DateTimeOffset? Time(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
