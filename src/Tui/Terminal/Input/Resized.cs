using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>The terminal has another size. Lay out from the buffer that is drawn, not from this.</summary>
internal sealed record Resized(CellSize Size) : TerminalEvent;
