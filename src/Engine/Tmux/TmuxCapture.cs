using AgentDeck.Engine.Panes;

namespace AgentDeck.Engine.Tmux;

/// <summary>A pane's screen and metadata of one instant.</summary>
/// <param name="Content">Rows as <see cref="PaneCapture.Content"/> describes them. Hostile.</param>
/// <param name="Metadata">What tmux said about the pane.</param>
internal sealed record TmuxCapture(ReadOnlyMemory<byte> Content, PaneMetadata Metadata);
