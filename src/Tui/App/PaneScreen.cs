using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.App;

/// <summary>A capture, parsed once into cells. Immutable: drawing copies rows.</summary>
/// <param name="Agent">Whose pane it is.</param>
/// <param name="Version">The capture's version.</param>
/// <param name="Kind">What the content is.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Rows">Cells of each row, oldest first; rows may be shorter than the pane, never longer than the parser's limit.</param>
/// <param name="Metadata">What tmux said about the pane.</param>
internal sealed record PaneScreen(
    AgentId Agent,
    long Version,
    PaneContentKind Kind,
    DateTimeOffset TakenAt,
    Cell[][] Rows,
    PaneMetadata Metadata);
