using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Updates;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.ViewModels;

/// <summary>The footer: what keys do here. Whole hints are left out from the end, never cut; help stays longest.</summary>
internal static class FooterViewModel
{
    private static readonly ImmutableArray<CommandId> InList =
    [
        CommandId.Attach, CommandId.Nudge, CommandId.Interrupt, CommandId.ClearScrollback, CommandId.Mark, CommandId.Filter, CommandId.Panes,
        CommandId.NextNeedy, CommandId.Start, CommandId.Stop, CommandId.Restart, CommandId.TypeInto, CommandId.Details,
        CommandId.Events, CommandId.Zoom, CommandId.Pin, CommandId.Sort, CommandId.FocusNext, CommandId.Quit,
    ];

    private static readonly ImmutableArray<CommandId> InPane =
    [
        CommandId.Attach, CommandId.TypeInto, CommandId.Search, CommandId.Copy, CommandId.Zoom, CommandId.Pin, CommandId.Nudge,
        CommandId.Interrupt, CommandId.ClearScrollback, CommandId.FocusNext,
    ];

    private static readonly ImmutableArray<CommandId> InHistory =
    [
        CommandId.SearchNext, CommandId.SearchPrevious, CommandId.Search, CommandId.Copy, CommandId.Zoom,
    ];

    /// <summary>The hints for so many cells.</summary>
    public static ImmutableArray<TextRun> Build(AppModel model, int width)
    {
        if (model.Wall.IsTyping)
        {
            return Fixed(width, (model.Keys.LabelOf(CommandId.EndTyping) ?? "Ctrl-]", "ends typing"), ("", $"every other key goes to {PlainText.Sanitize(model.Wall.Focused!.Value.ToString())}"));
        }

        if (model.List.IsFiltering)
        {
            return Fixed(width, ("↵", "keep filter"), ("Esc", "drop it"), ("↑↓", "move"), ("", "words  phase:failed  source:here  is:waiting  !word"));
        }

        if (model.Wall.History is { IsSearching: true })
        {
            return Fixed(width, ("↵", "done"), ("Esc", "drop search"));
        }

        var marks = model.List.Marked.IsEmpty ? [] : new[] { new Hint("", $"{model.List.Marked.Count} marked", true) };
        var back = InputUpdate.ContextOf(model) == KeyContext.Anywhere ? [] : new[] { Of(model, CommandId.Back, "back") }.OfType<Hint>();
        var hints = Commands(model).Where(id => !IsLifecycle(id) || CommandCatalog.Of(id).WhyNot(model) is null).Select(id => Of(model, id, CommandCatalog.Of(id).Hint!)).OfType<Hint>();
        var last = new[] { Of(model, CommandId.Palette, "command"), Of(model, CommandId.Help, "help") }.OfType<Hint>();
        return Fit([.. marks, .. back, .. hints], [.. last], width);
    }

    // Of these at least one is always impossible: its place is another hint's.
    private static bool IsLifecycle(CommandId id) => id is CommandId.Start or CommandId.Stop or CommandId.Restart;

    private static ImmutableArray<CommandId> Commands(AppModel model) => InputUpdate.ContextOf(model) switch
    {
        KeyContext.History when model.Wall.History!.Search.Length == 0 => InHistory.RemoveRange([CommandId.SearchNext, CommandId.SearchPrevious]),
        KeyContext.History => InHistory,
        KeyContext.Pane => InPane,
        _ => InList,
    };

    private static Hint? Of(AppModel model, CommandId id, string word)
    {
        var command = CommandCatalog.Of(id);
        return model.Keys.LabelOf(id) is not { } label || (model.ReadOnly && command.Writes) ? null : new Hint(label, word, command.WhyNot(model) is null);
    }

    private static ImmutableArray<TextRun> Fixed(int width, params (string Key, string Word)[] hints) =>
        Fit([.. hints.Select(hint => new Hint(hint.Key, hint.Word, true))], [], width);

    // The last hints stay longest, because they lead to all the others; of these the very last.
    private static ImmutableArray<TextRun> Fit(IReadOnlyList<Hint> hints, IReadOnlyList<Hint> last, int width)
    {
        while (last.Count > 1 && last.Sum(hint => hint.Width) > width / 2)
        {
            last = [.. last.Skip(1)];
        }

        var runs = ImmutableArray.CreateBuilder<TextRun>();
        var left = width - last.Sum(hint => hint.Width);
        foreach (var hint in hints)
        {
            left -= hint.Width;
            if (left < 0)
            {
                break;
            }

            Add(runs, hint);
        }

        foreach (var hint in last)
        {
            Add(runs, hint);
        }

        return runs.ToImmutable();
    }

    private static void Add(ImmutableArray<TextRun>.Builder runs, Hint hint)
    {
        if (hint.Key.Length > 0)
        {
            runs.Add(new TextRun($" {hint.Key}", hint.IsPossible ? ThemeRole.FooterKey : ThemeRole.TextDim));
        }

        runs.Add(new TextRun($" {hint.Word} ", hint.IsPossible ? ThemeRole.Footer : ThemeRole.TextDim));
    }

    private sealed record Hint(string Key, string Word, bool IsPossible)
    {
        public int Width => TextMeasure.Width(Key) + TextMeasure.Width(Word) + (Key.Length > 0 ? 3 : 2);
    }
}
