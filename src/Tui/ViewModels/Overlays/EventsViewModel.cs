using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>What happened, newest first, as rows.</summary>
/// <param name="Events">The events that the filter accepts, newest first.</param>
/// <param name="Lines">One row an event, or one that says that there is none.</param>
/// <param name="Selected">The index of the selected event; 0 when there is none.</param>
/// <param name="Whole">The selected event in full, when its row cuts it off.</param>
internal sealed record EventsViewModel(ImmutableArray<FleetEvent> Events, ImmutableArray<TextLine> Lines, int Selected, ImmutableArray<TextLine> Whole)
{
    private const int WholeRows = 3;
    private const int LowestWithWhole = 12;
    private const int PreferredWidth = 120;
    private const int WidestSubject = 28;

    /// <summary>Where the dialog stands.</summary>
    public static DialogGeometry Place(AppModel model) => DialogGeometry.Place(model.Screen, PreferredWidth, model.Screen.Height);

    /// <summary>Where the rows stand: between the filter and the selected event in full.</summary>
    public static Rect Rows(DialogGeometry place, DialogFilter filter)
    {
        var below = DialogRows.Below(place, filter);
        return below with { Height = Math.Max(0, below.Height - (InFull(place).Height > 0 ? WholeRows + 1 : 0)) };
    }

    /// <summary>Where the selected event stands in full; empty on a low screen.</summary>
    public static Rect InFull(DialogGeometry place) => place.Body.Height < LowestWithWhole
        ? place.Body with { Height = 0 }
        : place.Body with { Y = place.Body.Bottom - WholeRows, Height = WholeRows };

    /// <summary>The rows for a body of <paramref name="width"/> cells.</summary>
    public static EventsViewModel Build(AppModel model, EventsOverlay overlay, int width)
    {
        var events = model.Events.Reverse().Where(happened => overlay.Filter.Accepts(Searched(happened))).ToImmutableArray();
        if (events.IsEmpty)
        {
            var text = model.Events.IsEmpty ? "nothing happened since the deck started" : "no event has these words";
            return new EventsViewModel([], [TextLine.Of(text, ThemeRole.TextDim)], 0, []);
        }

        var selected = Math.Max(0, IndexOf(events, overlay.Selected));
        var subjects = events.Select(FleetEventText.Subject).ToImmutableArray();
        var subjectWidth = Math.Min(subjects.Max(name => TextMeasure.Width(name)), Math.Min(WidestSubject, width / 3));
        var times = events.Select(happened => ClockText.Of(happened.At, model.Now, model.UtcOffset)).ToImmutableArray();
        var timeWidth = times.Max(time => time.Length);
        var lines = events.Select((happened, index) => new TextLine(
        [
            new TextRun(times[index].PadLeft(timeWidth) + "  ", ThemeRole.TextDim),
            new TextRun(TextMeasure.Pad(subjects[index], subjectWidth) + "  ", ThemeRole.TextStrong),
            new TextRun(FleetEventText.Describe(happened), RoleOf(happened)),
        ])
        { IsSelected = index == selected }).ToImmutableArray();
        return new EventsViewModel(events, lines, selected, InFull(events[selected], lines[selected], width));
    }

    private static ImmutableArray<TextLine> InFull(FleetEvent happened, TextLine row, int width) =>
        TextMeasure.Width(row.ToString()) <= width ? []
        : [.. TextWrap.Wrap(FleetEventText.Describe(happened), width).Take(WholeRows).Select(text => TextLine.Of(text, ThemeRole.TextDim))];

    private static string Searched(FleetEvent happened) => $"{FleetEventText.Subject(happened)} {FleetEventText.Describe(happened)}";

    private static int IndexOf(ImmutableArray<FleetEvent> events, long? seq)
    {
        for (var i = 0; seq is not null && i < events.Length; i++)
        {
            if (events[i].Seq == seq)
            {
                return i;
            }
        }

        return -1;
    }

    private static ThemeRole RoleOf(FleetEvent happened) => happened switch
    {
        PhaseChanged { To: AgentPhase.Failed } => ThemeRole.PhaseFailed,
        PhaseChanged { To: AgentPhase.Unknown } => ThemeRole.PhaseUnknown,
        ActivityChanged { To: Activity.Blocked } => ThemeRole.ActivityBlocked,
        ActivityChanged { To: Activity.Waiting } => ThemeRole.ActivityWaiting,
        ActivityChanged { To: Activity.Limited } => ThemeRole.ActivityLimited,
        SourceLinkChanged { To: SourceLink.Unreachable or SourceLink.Denied } => ThemeRole.LinkDown,
        SourceLinkChanged { To: SourceLink.Stale } => ThemeRole.LinkStale,
        ConfigurationReloaded { Errors: > 0 } => ThemeRole.NoticeError,
        ConditionChanged { Holds: true } or KeeperChanged or AgentQuarantined { Until: not null } => ThemeRole.NoticeWarning,
        OperationFinished { Outcome: OperationOutcome.Failed } => ThemeRole.NoticeError,
        OperationFinished { Outcome: OperationOutcome.Partial or OperationOutcome.Refused } => ThemeRole.NoticeWarning,
        _ => ThemeRole.Dialog,
    };
}
