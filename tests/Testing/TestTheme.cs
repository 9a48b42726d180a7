using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Testing;

/// <summary>A theme in which every role has a colour of its own, so that a golden screen shows which role drew what.</summary>
internal static class TestTheme
{
    /// <summary>The theme; role number n writes in indexed colour 16 + n on the terminal's own background.</summary>
    public static Theme Colours { get; } = new("test", [.. Enum.GetValues<ThemeRole>().Select(role => new Style(Color.FromIndex((byte)(16 + (int)role)), Color.Default))]);
}
