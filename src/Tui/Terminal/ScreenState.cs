using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal;

/// <summary>What belongs to a frame besides its cells; differences are sent like cells.</summary>
/// <param name="Cursor">Where the cursor shows, or null to hide it.</param>
/// <param name="Title">The window's title; plain text.</param>
/// <param name="Mouse">Whether mouse events are asked for.</param>
internal readonly record struct ScreenState(Position? Cursor, string Title, bool Mouse);
