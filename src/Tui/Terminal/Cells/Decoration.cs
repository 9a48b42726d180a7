namespace AgentDeck.Tui.Terminal.Cells;

/// <summary>The rare properties of a cell, kept out of its 16 bytes.</summary>
/// <param name="UnderlineColor">SGR 58; default follows the text.</param>
/// <param name="Link">The target of an OSC 8 link, or null. Already checked: printable ASCII, a known scheme, bounded.</param>
internal readonly record struct Decoration(Color UnderlineColor, string? Link);
