using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Input;

/// <summary>The mouse was used.</summary>
/// <param name="Action">What was done.</param>
/// <param name="At">0-based cell.</param>
/// <param name="Modifiers">Keys held meanwhile.</param>
internal sealed record MouseUsed(MouseAction Action, Position At, KeyModifiers Modifiers) : TerminalEvent;
