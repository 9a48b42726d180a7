using System.Globalization;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Instants as the operator's clock shows them.</summary>
internal static class ClockText
{
    /// <summary><c>14:02:11</c>, with the date in front when it is not today's.</summary>
    public static string Of(DateTimeOffset at, DateTimeOffset now, TimeSpan utcOffset)
    {
        var local = at.ToOffset(utcOffset);
        var format = local.Date == now.ToOffset(utcOffset).Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }
}
