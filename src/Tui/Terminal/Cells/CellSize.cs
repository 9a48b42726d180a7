namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>A size in cells; never negative.</summary>
internal readonly record struct CellSize(int Width, int Height);
