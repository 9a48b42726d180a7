using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>The themes, as rows.</summary>
internal static class ThemeViewModel
{
    private const int PreferredWidth = 34;

    /// <summary>Where the dialog stands: at the right edge where there is room, so that the deck under it can be judged.</summary>
    public static DialogGeometry Place(AppModel model)
    {
        var centred = DialogGeometry.Place(model.Screen, PreferredWidth, Math.Max(1, model.ThemeNames.Length));
        var by = model.Screen.Width - centred.Outer.Right - Math.Min(2, centred.Outer.X);
        return new DialogGeometry(Moved(centred.Outer, by), Moved(centred.Body, by));
    }

    /// <summary>One row a theme.</summary>
    public static ImmutableArray<TextLine> Lines(AppModel model, ThemeOverlay picker) => model.ThemeNames.IsEmpty
        ? [TextLine.Of("no themes found", ThemeRole.TextDim)]
        : [.. model.ThemeNames.Select((name, index) => Line(name, index == picker.Selected, name == picker.Original.Name))];

    private static TextLine Line(string name, bool isSelected, bool isOriginal) =>
        new([new TextRun((isSelected ? "▸ " : "  ") + PlainText.Sanitize(name), ThemeRole.Dialog), new TextRun(isOriginal ? "  in force before" : "", ThemeRole.TextDim)])
        {
            IsSelected = isSelected,
        };

    private static Rect Moved(Rect rect, int by) => rect with { X = rect.X + by };
}
