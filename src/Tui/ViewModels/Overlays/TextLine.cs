using System.Collections.Immutable;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>One row of a dialog.</summary>
/// <param name="Runs">Its pieces from left to right.</param>
internal sealed record TextLine(ImmutableArray<TextRun> Runs)
{
    /// <summary>A row without text.</summary>
    public static TextLine Blank { get; } = new([]);

    /// <summary>Whether the row is the selected one of a list.</summary>
    public bool IsSelected { get; init; }

    /// <summary>A row in one style.</summary>
    public static TextLine Of(string text, ThemeRole role = ThemeRole.Dialog) => new([new TextRun(text, role)]);

    /// <summary>The text without its styles.</summary>
    public override string ToString() => string.Concat(Runs.Select(run => run.Text));
}
