using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.ViewModels;

/// <summary>What is wrong with sources, a sentence each, under the header line. An empty list says it itself, with more room.</summary>
internal static class FaultLines
{
    private const int Indent = 3;
    private const int Most = 3;

    // An agent or two must stay in sight of whoever has a small screen.
    private const int RowsForEach = 7;

    /// <summary>The rows for the model's screen; the last one tells by an ellipsis when there is more.</summary>
    public static ImmutableArray<TextRun> Of(AppModel model)
    {
        var most = Math.Min(Most, model.Screen.Height / RowsForEach);
        if (most == 0 || model.Fleet.Agents.IsEmpty || model.Fleet.Sources.All(static source => Fault(source) is null))
        {
            return [];
        }

        var width = Math.Max(1, model.Screen.Width - Indent - 1);
        var rows = model.Fleet.Sources.Where(static source => Fault(source) is not null).SelectMany(source => Rows(source, width)).ToList();
        return rows.Count <= most
            ? [.. rows]
            : [.. rows.Take(most - 1), rows[most - 1] with { Text = TextMeasure.Cut(rows[most - 1].Text, width + Indent - 1) + "…" }];
    }

    private static string? Fault(SourceStatus source) => source.Error ?? source.Lead;

    private static IEnumerable<TextRun> Rows(SourceStatus source, int width)
    {
        var isLive = source.Link == SourceLink.Live;
        var wrapped = TextWrap.Wrap(PlainText.Sanitize($"{source.Name}: {Fault(source)}"), width);
        return wrapped.Select((row, index) => new TextRun(
            index == 0 ? $" {(isLive ? "▲" : StateLook.Glyph(source.Link))} {row}" : new string(' ', Indent) + row,
            isLive ? ThemeRole.LinkStale : StateLook.Role(source.Link)));
    }
}
