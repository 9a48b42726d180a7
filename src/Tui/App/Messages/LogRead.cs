using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.App.Messages;

/// <summary>More of a log came, or it ended.</summary>
/// <param name="Log">Which reading of it.</param>
/// <param name="Rows">The lines that came, parsed.</param>
/// <param name="End">Why nothing more will come, for the operator; null while more may.</param>
internal sealed record LogRead(LogWant Log, Cell[][] Rows, string? End) : AppMessage;
