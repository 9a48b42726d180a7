using System.Globalization;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Durations as Gas City writes them: <c>90s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
internal static class DurationText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The duration; null when the text is none, or none from a second to a week.</summary>
    public static TimeSpan? Parse(string text)
    {
        var whole = TimeSpan.Zero;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !int.TryParse(rest[..digits], CultureInfo.InvariantCulture, out var count) || count > Longest.TotalSeconds)
            {
                return null;
            }

            var unit = rest[digits] switch { 'h' => TimeSpan.FromHours(1), 'm' => TimeSpan.FromMinutes(1), 's' => TimeSpan.FromSeconds(1), _ => TimeSpan.Zero };
            if (unit == TimeSpan.Zero)
            {
                return null;
            }

            whole += unit * count;
            rest = rest[(digits + 1)..];
        }

        return whole >= TimeSpan.FromSeconds(1) && whole <= Longest ? whole : null;
    }
}
