using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>The editor of a nudge: to whom, what is written, and what stands in the way.</summary>
/// <param name="Title">To whom, for the border.</param>
/// <param name="Names">The addressees when there are several, else null.</param>
/// <param name="Notes">Templates, refusals or problems under the input.</param>
/// <param name="NotesOffset">The first of <paramref name="Notes"/> that is shown.</param>
/// <param name="Hints">The keys that do something now.</param>
/// <param name="Place">Where the dialog stands.</param>
internal sealed record NudgeViewModel(
    string Title,
    TextLine? Names,
    ImmutableArray<TextLine> Notes,
    int NotesOffset,
    ImmutableArray<DialogHint> Hints,
    DialogGeometry Place)
{
    private const int PreferredWidth = 76;
    private const int MostInputRows = 12;
    private const int MostNotes = 8;
    private const int MostNamed = 20;
    private const int MostTitle = 40;

    /// <summary>Where the text is written.</summary>
    public Rect Input => Place.Body with { Y = Place.Body.Y + NamesRows, Height = Math.Max(0, Place.Body.Height - NamesRows - NotesRows) };

    /// <summary>Where <see cref="Notes"/> are shown.</summary>
    public Rect Below => Place.Body with { Y = Place.Body.Bottom - NotesRows, Height = NotesRows };

    private int NamesRows => Names is not null && Place.Body.Height > 2 ? 1 : 0;

    // The text itself always keeps a row.
    private int NotesRows => Math.Clamp(Notes.Length, 0, Math.Max(0, Place.Body.Height - NamesRows - 1));

    /// <summary>The editor as it is now.</summary>
    public static NudgeViewModel Build(AppModel model, NudgeOverlay nudge)
    {
        var width = DialogGeometry.Place(model.Screen, PreferredWidth, 1).Body.Width;
        var notes = NotesOf(model, nudge, width);
        var names = nudge.Targets.Length > 1 ? TextLine.Of("to " + AllNames(nudge.Targets), ThemeRole.TextDim) : null;
        var inputRows = Math.Min(MostInputRows, Math.Max(1, TextInput.Height(nudge.Input, width)));
        var shownNotes = nudge.Template is null ? notes.Length : Math.Min(MostNotes, notes.Length);
        var place = DialogGeometry.Place(model.Screen, PreferredWidth, inputRows + shownNotes + (names is null ? 0 : 1));
        var view = new NudgeViewModel(TitleOf(nudge), names, notes, 0, HintsOf(model, nudge), place);
        return view with { NotesOffset = nudge.Template is { } template ? Scrolling.Around(template, notes.Length, view.Below.Height) : 0 };
    }

    private static string TitleOf(NudgeOverlay nudge) => nudge.Targets.Length == 1
        ? $"Nudge {Name(nudge.Targets[0])}"
        : $"Nudge {CommandText.Count(nudge.Targets.Length)}";

    private static ImmutableArray<DialogHint> HintsOf(AppModel model, NudgeOverlay nudge) =>
        nudge.Template is not null ? DialogHints.NudgeTemplates
        : nudge.IsWarned && Forceable(model, nudge) > 0 ? DialogHints.NudgeWarned
        : DialogHints.Nudge;

    private static ImmutableArray<TextLine> NotesOf(AppModel model, NudgeOverlay nudge, int width)
    {
        if (nudge.Template is { } template)
        {
            var titles = model.NudgeTemplates.Select(known => PlainText.Sanitize(known.Title, MostTitle)).ToImmutableArray();
            var titleWidth = titles.Max(name => TextMeasure.Width(name));
            return [.. titles.Select((title, index) => Template(TextMeasure.Pad(title, titleWidth), model.NudgeTemplates[index].Text, index == template))];
        }

        if (nudge.Problem is { } problem)
        {
            return Wrapped(problem, width, ThemeRole.NoticeWarning);
        }

        var refusals = Refusals(model, nudge, width);
        if (!refusals.IsEmpty)
        {
            return refusals;
        }

        return nudge.HistoryIndex is { } index
            ? [TextLine.Of($"sent before: {index + 1} of {model.NudgeHistory.Length}", ThemeRole.TextDim)]
            : [];
    }

    private static ImmutableArray<TextLine> Refusals(AppModel model, NudgeOverlay nudge, int width)
    {
        var (able, refused) = TargetSplit.Of(model, nudge.Targets, new SessionCommand.Nudge("", Force: false));
        if (refused.IsEmpty)
        {
            return [];
        }

        var role = nudge.IsWarned ? ThemeRole.NoticeWarning : ThemeRole.TextDim;
        var forceable = Forceable(model, nudge);
        var others = able.Length == 1 ? Name(able[0]) : $"the other {able.Length}";
        var choice = (nudge.IsWarned, able.Length, forceable) switch
        {
            (false, _, _) => "",
            (_, 0, 0) => "Nobody can take it now; Esc keeps what you wrote.",
            (_, 0, _) => "Ctrl-F types it all the same; Esc keeps what you wrote.",
            (_, _, 0) => $"↵ sends it to {others} only.",
            _ => $"↵ sends it to {others} only, Ctrl-F to the blocked ones too.",
        };
        return
        [
            .. refused.SelectMany(left => Wrapped($"{Name(left.Agent)} will not take it: {left.WhyNot}.", width, role)),
            .. choice.Length == 0 ? [] : Wrapped(choice, width, ThemeRole.TextStrong),
        ];
    }

    // How many refuse only because of what typed text would do there.
    private static int Forceable(AppModel model, NudgeOverlay nudge) =>
        TargetSplit.Of(model, nudge.Targets, new SessionCommand.Nudge("", Force: true)).Able.Length
        - TargetSplit.Of(model, nudge.Targets, new SessionCommand.Nudge("", Force: false)).Able.Length;

    private static ImmutableArray<TextLine> Wrapped(string text, int width, ThemeRole role) =>
        [.. TextWrap.Wrap(text, width).Select(row => TextLine.Of(row, role))];

    private static TextLine Template(string title, string text, bool isSelected) =>
        new([new TextRun((isSelected ? "▸ " : "  ") + title + "  ", ThemeRole.Dialog), new TextRun(PlainText.Sanitize(text.Split('\n')[0]), ThemeRole.TextDim)])
        {
            IsSelected = isSelected,
        };

    private static string AllNames(ImmutableArray<AgentId> targets)
    {
        var named = string.Join(", ", targets.Take(MostNamed).Select(Name));
        return targets.Length > MostNamed ? $"{named} and {targets.Length - MostNamed} more" : named;
    }

    private static string Name(AgentId id) => PlainText.Sanitize(id.ToString(), 64);
}
