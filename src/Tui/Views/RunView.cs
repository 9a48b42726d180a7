using System.Collections.Immutable;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Views;

/// <summary>Draws runs of text in a row.</summary>
internal static class RunView
{
    /// <summary>Draws runs one after the other on the background of <paramref name="under"/> and returns the column after them.</summary>
    public static int Draw(Surface surface, int x, int y, ImmutableArray<TextRun> runs, Theme theme, ThemeRole under)
    {
        foreach (var run in runs)
        {
            x = surface.Write(x, y, run.Text, theme[run.Role].On(theme[under]));
        }

        return x;
    }
}
