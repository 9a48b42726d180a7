using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>What an operation came to, agent by agent, as rows.</summary>
internal static class ResultsViewModel
{
    private const int PreferredWidth = 76;
    private const int WidestName = 32;

    /// <summary>Where the dialog stands.</summary>
    public static DialogGeometry Place(AppModel model, ResultsOverlay results) =>
        DialogGeometry.Place(model.Screen, PreferredWidth, results.Rows.Length);

    /// <summary><c>Nudge: 2 of 3 done</c>.</summary>
    public static string Title(ResultsOverlay results)
    {
        var ended = results.Rows.Count(row => row.Result is not null);
        return ended < results.Rows.Length
            ? $"{CommandText.Title(results.Command)}: {ended} of {results.Rows.Length}"
            : $"{CommandText.Title(results.Command)}: {CommandText.Count(ended)}";
    }

    /// <summary>All rows for a body of <paramref name="width"/> cells: the outcome is never cut off before the name is.</summary>
    public static ImmutableArray<TextLine> Lines(ResultsOverlay results, int width)
    {
        var names = results.Rows.Select(row => PlainText.Sanitize(row.Agent.ToString())).ToImmutableArray();
        var nameWidth = Math.Min(names.Max(name => TextMeasure.Width(name)), Math.Min(WidestName, width / 2));
        return [.. results.Rows.Select((row, index) => Line(row, names[index], nameWidth))];
    }

    private static TextLine Line(ResultRow row, string name, int nameWidth)
    {
        var (glyph, text, role) = row.Result switch
        {
            null => ("…", "under way", ThemeRole.TextDim),
            { Outcome: OperationOutcome.Succeeded } result => ("✔", result.Message, ThemeRole.NoticeInfo),
            { Outcome: OperationOutcome.Partial } result => ("◐", result.Message, ThemeRole.NoticeWarning),
            { Outcome: OperationOutcome.Refused } result => ("–", Prefixed("refused", result.Message), ThemeRole.NoticeWarning),
            { } result => ("✖", Prefixed("failed", result.Message), ThemeRole.NoticeError),
        };
        return new TextLine(
        [
            new TextRun($"{glyph} ", role),
            new TextRun(TextMeasure.Pad(name, nameWidth) + "  ", ThemeRole.Dialog),
            new TextRun(PlainText.Sanitize(text), role),
        ]);
    }

    private static string Prefixed(string outcome, string message) =>
        message.StartsWith(outcome, StringComparison.Ordinal) ? message : $"{outcome}: {message}";
}
