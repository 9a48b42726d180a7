using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Panes;

/// <summary>One picture of an agent's pane: content and metadata of the same instant.</summary>
/// <param name="Agent">Whose pane it is.</param>
/// <param name="Version">Grows whenever content or metadata of this agent's pane changed.</param>
/// <param name="Kind">What the content is.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Content">
/// The rows as tmux prints them with <c>capture-pane -p -e</c>: UTF-8 with escape sequences, one LF after each row,
/// history first when it was asked for. Hostile: parse it, never print it.
/// </param>
/// <param name="Metadata">What tmux said about the pane.</param>
public sealed record PaneCapture(
    AgentId Agent,
    long Version,
    PaneContentKind Kind,
    DateTimeOffset TakenAt,
    ReadOnlyMemory<byte> Content,
    PaneMetadata Metadata);
