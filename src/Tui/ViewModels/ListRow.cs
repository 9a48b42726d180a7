using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.ViewModels;

/// <summary>One agent in the list.</summary>
/// <param name="Agent">Which one.</param>
/// <param name="Glyph">The glyph of its state.</param>
/// <param name="Flag">One cell: <c>*</c> when marked, <c>…</c> while something asked of it is under way.</param>
/// <param name="Cells">A text a column, cut to the column.</param>
internal sealed record ListRow(AgentId Agent, TextRun Glyph, string Flag, ImmutableArray<TextRun> Cells)
{
    /// <summary>Whether the selection is on it.</summary>
    public bool IsSelected { get; init; }

    /// <summary>Whether it is marked.</summary>
    public bool IsMarked { get; init; }
}
