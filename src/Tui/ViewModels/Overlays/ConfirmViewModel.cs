using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>The question before something is done: what, to whom, and where it cannot be done.</summary>
/// <param name="Title">The question's subject, for the border.</param>
/// <param name="Lines">The question, row by row.</param>
/// <param name="Yes">The button that does it; empty when it can be done nowhere.</param>
/// <param name="No">The button that cancels.</param>
/// <param name="Able">Those to whom it would be done.</param>
/// <param name="Place">Where the dialog stands.</param>
internal sealed record ConfirmViewModel(
    string Title,
    ImmutableArray<TextLine> Lines,
    string Yes,
    string No,
    ImmutableArray<AgentId> Able,
    DialogGeometry Place)
{
    private const int PreferredWidth = 66;
    private const int ButtonRows = 2;
    private const int ButtonGap = 2;

    /// <summary>Where the lines are drawn.</summary>
    public Rect Text => Place.Body with { Height = Math.Max(0, Place.Body.Height - ButtonRows) };

    /// <summary>Where the button that does it is drawn; empty when there is none.</summary>
    public Rect YesButton => Yes.Length == 0 ? default : ButtonRow(Place.Body.X, TextMeasure.Width(Yes));

    /// <summary>Where the button that cancels is drawn.</summary>
    public Rect NoButton => ButtonRow(Yes.Length == 0 ? Place.Body.X : YesButton.Right + ButtonGap, TextMeasure.Width(No));

    /// <summary>The dialog as it is now: an agent that disappeared meanwhile counts as one where it cannot be done.</summary>
    public static ConfirmViewModel Build(AppModel model, ConfirmOverlay confirm)
    {
        var (able, refused) = TargetSplit.Of(model, confirm.Targets, confirm.Command);
        var verb = CommandText.Verb(confirm.Command);
        var width = DialogGeometry.Place(model.Screen, PreferredWidth, 1).Body.Width;
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        if (able.Length > 0)
        {
            lines.AddRange(TextWrap.Wrap(Question(verb, able), width).Select(row => TextLine.Of(row, ThemeRole.TextStrong)));
            lines.AddRange(TextWrap.Wrap(CommandText.Consequence(confirm.Command, able.Length), width).Select(row => TextLine.Of(row)));
        }

        foreach (var (id, whyNot) in refused)
        {
            lines.AddRange(TextWrap.Wrap($"Not {Name(id)}: {whyNot}.", width).Select(row => TextLine.Of(row, ThemeRole.NoticeWarning)));
        }

        var yes = able.Length == 0 ? "" : able.Length == 1 ? $"[ {CommandText.Title(confirm.Command)} ]" : $"[ {CommandText.Title(confirm.Command)} {CommandText.Count(able.Length)} ]";
        var place = DialogGeometry.Place(model.Screen, PreferredWidth, lines.Count + ButtonRows);
        return new ConfirmViewModel($"{CommandText.Title(confirm.Command)}?", lines.ToImmutable(), yes, able.Length == 0 ? "[ Close ]" : "[ Cancel ]", able, place);
    }

    private static string Question(string verb, ImmutableArray<AgentId> able) => able.Length == 1
        ? $"{char.ToUpperInvariant(verb[0])}{verb[1..]} {Name(able[0])}?"
        : $"{char.ToUpperInvariant(verb[0])}{verb[1..]} {able.Length} agents: {string.Join(", ", able.Select(Name))}?";

    private static string Name(AgentId id) => PlainText.Sanitize(id.ToString(), 64);

    private Rect ButtonRow(int x, int width) =>
        new Rect(x, Place.Body.Bottom - 1, width, Math.Min(1, Place.Body.Height)).Intersect(Place.Body);
}
