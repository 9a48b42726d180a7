namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>The mark in a table's header: which column the rows are sorted by, −1 for none, and which way.</summary>
internal readonly record struct TableSort(int Column, bool IsDescending);
