namespace AgentDeck.Tui.ViewModels;

/// <summary>Ages and idle times in at most four cells: <c>2s</c>, <c>41s</c>, <c>3m</c>, <c>4h</c>, <c>3d</c>, <c>2y</c>; rounded down, so that it never claims more than passed.</summary>
internal static class AgeText
{
    /// <summary>Stands where no age is known.</summary>
    public const string Unknown = "–";

    private const int DaysInYear = 365;
    private const int LargestShown = 999;

    // Frames ask for the same few texts over and over: they must not allocate.
    private static readonly string[] Seconds = Texts(60, 's');
    private static readonly string[] Minutes = Texts(60, 'm');
    private static readonly string[] Hours = Texts(24, 'h');
    private static readonly string[] Days = Texts(LargestShown + 1, 'd');

    /// <summary>The text of an age; <see cref="Unknown"/> for null, <c>0s</c> for a negative one (clocks of two machines differ).</summary>
    public static string Of(TimeSpan? age) => age switch
    {
        null => Unknown,
        { Ticks: <= 0 } => Seconds[0],
        { TotalMinutes: < 1 } span => Seconds[span.Seconds],
        { TotalHours: < 1 } span => Minutes[span.Minutes],
        { TotalDays: < 1 } span => Hours[span.Hours],
        { Days: <= LargestShown } span => Days[span.Days],
        { } span => $"{Math.Min(LargestShown, span.Days / DaysInYear)}y",
    };

    private static string[] Texts(int count, char unit)
    {
        var texts = new string[count];
        for (var value = 0; value < count; value++)
        {
            texts[value] = $"{value}{unit}";
        }

        return texts;
    }
}
