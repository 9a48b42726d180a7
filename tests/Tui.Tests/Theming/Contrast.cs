using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Tests.Theming;

/// <summary>Contrast by WCAG 2: from 1 to 21.</summary>
internal static class Contrast
{
    public static double Between(Color first, Color second)
    {
        var (light, dark) = (Luminance(first), Luminance(second));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(Color color)
    {
        Assert.True(color.IsRgb, $"{color} has no known luminance");
        return 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);
    }

    private static double Linear(byte part)
    {
        var value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
