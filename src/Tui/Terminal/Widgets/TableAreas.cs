using System.Runtime.CompilerServices;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>Room for the place of every column of a table, without the heap.</summary>
[InlineArray(Table.MostColumns)]
internal struct TableAreas
{
    private Rect _first;
}
