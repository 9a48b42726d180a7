namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>What cells point into. One instance serves every buffer that cells are copied between.</summary>
internal sealed class CellTables
{
    /// <summary>Clusters of several code points.</summary>
    public GlyphTable Glyphs { get; } = new();

    /// <summary>Underline colours and links.</summary>
    public DecorationTable Decorations { get; } = new();
}
