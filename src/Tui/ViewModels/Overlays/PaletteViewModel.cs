using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>Commands and agents that match what is typed, best first.</summary>
internal static class PaletteViewModel
{
    private const int PreferredWidth = 72;
    private const int PreferredRows = 16;
    private const int WidestAgent = 256;

    /// <summary>Where the dialog stands: always the same place, so that rows do not jump while typing.</summary>
    public static DialogGeometry Place(AppModel model) => DialogGeometry.Place(model.Screen, PreferredWidth, PreferredRows + 1);

    /// <summary>Where the rows stand, below the input.</summary>
    public static Rect Rows(DialogGeometry place) =>
        place.Body with { Y = place.Body.Y + 1, Height = Math.Max(0, place.Body.Height - 1) };

    /// <summary>
    /// The entries. With nothing typed: recently used commands, then commands that act and show, then agents, those that need the
    /// operator first, then mere moves. What cannot be done now stands behind what can.
    /// </summary>
    public static ImmutableArray<PaletteEntry> Entries(AppModel model, PaletteOverlay palette)
    {
        var query = palette.Query.Text.Trim();
        var all = Commands(model).Concat(Agents(model));
        return query.Length == 0
            ? [.. all.OrderBy(entry => Recency(model, entry)).ThenBy(entry => entry.WhyNot is null ? 0 : 1).ThenBy(Usefulness)]
            : [.. from entry in all
                  let match = FuzzyMatch.Find(query, entry.Text)
                  where match is not null
                  orderby entry.WhyNot is null ? 0 : 1, match.Score descending
                  select entry with { Matched = match.Indexes }];
    }

    /// <summary>The rows for a body of <paramref name="width"/> cells.</summary>
    public static ImmutableArray<TextLine> Lines(ImmutableArray<PaletteEntry> entries, int selected, int width) => entries.IsEmpty
        ? [TextLine.Of("no command and no agent has these letters in this order", ThemeRole.TextDim)]
        : [.. entries.Select((entry, index) => Line(entry, index == selected, width))];

    private static IEnumerable<PaletteEntry> Commands(AppModel model) =>
        from command in CommandCatalog.In(model)
        where command.Id != CommandId.Palette
        select new PaletteEntry(command.Title, model.Keys.LabelOf(command.Id) ?? "", command.WhyNot(model), []) { Command = command.Id };

    private static IEnumerable<PaletteEntry> Agents(AppModel model) =>
        from agent in model.Fleet.Agents.Values
        orderby Attention.Rank(agent), agent.Id.Source, agent.Id.Scope, agent.Id.Name
        let state = agent.Status.Activity == Activity.None ? Words.Of(agent.Status.Phase) : Words.Of(agent.Status.Activity)
        select new PaletteEntry(PlainText.Sanitize(agent.Id.ToString(), WidestAgent), state, null, []) { Agent = agent.Id };

    private static int Recency(AppModel model, PaletteEntry entry)
    {
        var at = entry.Command is { } command ? model.RecentCommands.IndexOf(command) : -1;
        return at < 0 ? int.MaxValue : at;
    }

    // Moves have keys of their own: nobody opens the palette to go one row up.
    private static int Usefulness(PaletteEntry entry) => entry.Command is not { } command ? 1
        : CommandCatalog.Of(command).Section == CommandSection.Move ? 2
        : 0;

    private static TextLine Line(PaletteEntry entry, bool isSelected, int width)
    {
        var side = TextMeasure.Cut(entry.WhyNot ?? entry.Side, Math.Max(0, width / 2 - 1));
        var room = Math.Max(0, width - TextMeasure.Width(side) - 3);
        var text = TextMeasure.Cut(entry.Text, room);
        var role = entry.WhyNot is null ? ThemeRole.Dialog : ThemeRole.TextDim;
        var runs = ImmutableArray.CreateBuilder<TextRun>();
        runs.Add(new TextRun(isSelected ? "▸ " : "  ", ThemeRole.Dialog));
        Highlight(runs, text, entry.Matched, role);
        runs.Add(new TextRun(new string(' ', room - TextMeasure.Width(text) + 1), role));
        runs.Add(new TextRun(side, entry.Command is not null && entry.WhyNot is null ? ThemeRole.FooterKey : ThemeRole.TextDim));
        return new TextLine(runs.ToImmutable()) { IsSelected = isSelected };
    }

    // Runs end between clusters only: a run of half a cluster could not be drawn.
    private static void Highlight(ImmutableArray<TextRun>.Builder runs, string text, ImmutableArray<int> matched, ThemeRole role)
    {
        var start = 0;
        var isMatch = false;
        for (var at = 0; at < text.Length;)
        {
            var end = at + Grapheme.NextLength(text.AsSpan(at));
            var matches = Enumerable.Range(at, end - at).Any(index => matched.BinarySearch(index) >= 0);
            if (matches != isMatch && at > start)
            {
                runs.Add(new TextRun(text[start..at], isMatch ? ThemeRole.Match : role));
                start = at;
            }

            isMatch = matches;
            at = end;
        }

        runs.Add(new TextRun(text[start..], isMatch ? ThemeRole.Match : role));
    }
}
