using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Export;

/// <summary>How a picture of a screen looks.</summary>
/// <param name="Foreground">24-bit colour of text without one of its own.</param>
/// <param name="Background">24-bit colour of the terminal.</param>
/// <param name="Title">What the picture is called for those who do not see it.</param>
internal sealed record SvgOptions(Color Foreground, Color Background, string Title);
