namespace AgentDeck.Tui.App.Model;

/// <summary>A dialog over the deck; at most one is open. A closed hierarchy: one record, one update and one view file each.</summary>
internal abstract record Overlay;
