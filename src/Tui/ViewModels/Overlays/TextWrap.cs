using System.Collections.Immutable;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Breaks texts into rows of a given number of cells.</summary>
internal static class TextWrap
{
    /// <summary>
    /// The rows of a plain text, broken between words; a word longer than a row is broken inside, never inside a cluster.
    /// At least one row; with no width everything is one empty row.
    /// </summary>
    public static ImmutableArray<string> Wrap(string text, int width)
    {
        if (width <= 0)
        {
            return [""];
        }

        var rows = ImmutableArray.CreateBuilder<string>();
        foreach (var row in new WrappedLines(text, width))
        {
            rows.Add(row.ToString());
        }

        return rows.ToImmutable();
    }

    /// <summary>A label in a column of its own and a text beside it, wrapped under itself.</summary>
    public static IEnumerable<TextLine> Labelled(string label, string text, int labelWidth, int width, ThemeRole role = ThemeRole.Dialog)
    {
        var indent = new string(' ', labelWidth);
        var rows = Wrap(text, width - labelWidth);
        for (var i = 0; i < rows.Length; i++)
        {
            yield return new TextLine([new TextRun(i == 0 ? TextMeasure.Pad(label, labelWidth - 1) + " " : indent, ThemeRole.TextDim), new TextRun(rows[i], role)]);
        }
    }
}
