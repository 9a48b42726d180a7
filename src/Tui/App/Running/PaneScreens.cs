using AgentDeck.Engine.Panes;
using AgentDeck.Tui.Terminal.Ansi;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.App.Running;

/// <summary>Turns captures into cells. Runs outside the deck's loop.</summary>
internal static class PaneScreens
{
    // Wider than any terminal that shows the deck; rows are cut at the pane's width anyway.
    private const int MostColumns = 1_000;

    /// <summary>Parses one capture.</summary>
    public static PaneScreen Parse(PaneCapture capture, CellTables tables) => new(
        capture.Agent,
        capture.Version,
        capture.Kind,
        capture.TakenAt,
        SgrParser.Parse(capture.Content.Span, tables, MostColumns),
        capture.Metadata);
}
