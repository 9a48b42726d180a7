namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>A 0-based place on the screen.</summary>
internal readonly record struct Position(int X, int Y);
