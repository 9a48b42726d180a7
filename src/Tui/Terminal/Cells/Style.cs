namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>Colours and attributes to write with.</summary>
/// <param name="Foreground">Text colour.</param>
/// <param name="Background">Background colour.</param>
/// <param name="Attributes">Attributes, without the width bits.</param>
internal readonly record struct Style(Color Foreground, Color Background, CellAttributes Attributes = CellAttributes.None)
{
    /// <summary>The same with more attributes.</summary>
    public Style With(CellAttributes more) => this with { Attributes = Attributes | more };

    /// <summary>The same text on the background of <paramref name="under"/>.</summary>
    public Style On(Style under) => this with { Background = under.Background };
}
