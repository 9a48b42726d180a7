using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>The styles of a table that do not depend on a row's content.</summary>
/// <param name="Header">The headings.</param>
/// <param name="SortedHeader">The heading of the column that the rows are sorted by.</param>
/// <param name="Selection">The selected row; its background and attributes also apply to what the cells write.</param>
internal readonly record struct TableStyles(Style Header, Style SortedHeader, Style Selection);
