using System.Collections.Immutable;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>All commands of the catalogue as rows: keys, title, help, and why not now.</summary>
internal static class HelpViewModel
{
    private const int PreferredWidth = 104;
    private const int NarrowestWithColumns = 72;
    private const int KeyWidth = 13;
    private const int TitleWidth = 23;
    private const int Indent = 4;

    /// <summary>Where the dialog stands.</summary>
    public static DialogGeometry Place(AppModel model) => DialogGeometry.Place(model.Screen, PreferredWidth, model.Screen.Height);

    /// <summary>All rows that the filter accepts, for a body of <paramref name="width"/> cells.</summary>
    public static ImmutableArray<TextLine> Lines(AppModel model, DialogFilter filter, int width)
    {
        var lines = ImmutableArray.CreateBuilder<TextLine>();
        foreach (var section in CommandCatalog.In(model).Where(command => filter.Accepts(Searched(model, command))).GroupBy(command => command.Section))
        {
            if (lines.Count > 0)
            {
                lines.Add(TextLine.Blank);
            }

            lines.Add(TextLine.Of(CommandSections.Title(section.Key), ThemeRole.Title));
            foreach (var run in Runs([.. section]))
            {
                Add(lines, model, run, width);
            }
        }

        return lines.Count == 0 ? [TextLine.Of("no command has these words", ThemeRole.TextDim)] : lines.ToImmutable();
    }

    private static string Searched(AppModel model, CommandInfo command) =>
        $"{KeyLabel.Of(model.Keys.KeysOf(command.Id))} {command.Name} {command.Title} {command.Help}";

    // Commands that differ only in a number at the end of their name (pane-1, pane-2, …) take one row together.
    private static IEnumerable<ImmutableArray<CommandInfo>> Runs(ImmutableArray<CommandInfo> commands)
    {
        for (var start = 0; start < commands.Length;)
        {
            var end = start + 1;
            while (end < commands.Length && Stem(commands[end]) == Stem(commands[start]))
            {
                end++;
            }

            yield return commands[start..end];
            start = end;
        }
    }

    private static string Stem(CommandInfo command) => command.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private static void Add(ImmutableArray<TextLine>.Builder lines, AppModel model, ImmutableArray<CommandInfo> run, int width)
    {
        var (first, last) = (run[0], run[^1]);
        var whyNot = first.WhyNot(model);
        var label = KeyLabel.Of(model.Keys.KeysOf(first.Id)) + (run.Length > 1 ? $" … {KeyLabel.Of(model.Keys.KeysOf(last.Id))}" : "");
        var name = first.Title + (run.Length > 1 ? $" … {last.Name[Stem(last).Length..]}" : "");
        var keys = new TextRun(TextMeasure.Pad(label, KeyWidth - 1) + " ", whyNot is null ? ThemeRole.FooterKey : ThemeRole.TextDim);
        var title = new TextRun(name, whyNot is null ? ThemeRole.TextStrong : ThemeRole.TextDim);
        var help = whyNot is null ? first.Help : $"{first.Help} Not now: {whyNot}.";
        var helpRole = whyNot is null ? ThemeRole.Dialog : ThemeRole.TextDim;
        if (width < NarrowestWithColumns)
        {
            lines.Add(new TextLine([keys, title]));
            lines.AddRange(TextWrap.Wrap(help, width - Indent).Select(row => TextLine.Of(new string(' ', Indent) + row, helpRole)));
            return;
        }

        var left = KeyWidth + TitleWidth;
        var rows = TextWrap.Wrap(help, width - left);
        lines.Add(new TextLine([keys, title with { Text = TextMeasure.Pad(name, TitleWidth - 1) + " " }, new TextRun(rows[0], helpRole)]));
        lines.AddRange(rows.Skip(1).Select(row => TextLine.Of(new string(' ', left) + row, helpRole)));
    }
}
