using System.Collections.Immutable;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Updates;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Widgets;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Finds a command or an agent by a few letters and runs or selects it.</summary>
internal static class PaletteOverlayUpdate
{
    private const int MostRecent = 8;

    /// <summary>Opens the palette with nothing typed.</summary>
    public static Transition Open(AppModel model) => model with { Overlay = new PaletteOverlay(TextInputState.Empty, 0) };

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, PaletteOverlay palette, TerminalEvent input)
    {
        var place = PaletteViewModel.Place(model);
        if (DialogKeys.Closes(input) || DialogKeys.IsOutside(input, place))
        {
            return model with { Overlay = null };
        }

        var entries = PaletteViewModel.Entries(model, palette);
        var rows = PaletteViewModel.Rows(place);
        var current = Math.Clamp(palette.Selected, 0, Math.Max(0, entries.Length - 1));
        if (DialogKeys.Is(input, Key.Enter))
        {
            return entries.IsEmpty ? model : Choose(model, entries[current]);
        }

        if (DialogKeys.ClickedRow(input, rows) is { } row)
        {
            var clicked = row + Scrolling.Around(current, entries.Length, rows.Height);
            return clicked < entries.Length ? Choose(model, entries[clicked]) : model;
        }

        if (ListKeys.Move(current, entries.Length - 1, rows.Height - 1, input, letters: false) is { } selected)
        {
            return model with { Overlay = palette with { Selected = selected } };
        }

        return LineEdit.Apply(palette.Query, input) is { } typed
            ? model with { Overlay = new PaletteOverlay(typed, typed.Text == palette.Query.Text ? palette.Selected : 0) }
            : model;
    }

    private static Transition Choose(AppModel model, PaletteEntry entry)
    {
        if (entry.Agent is { } agent)
        {
            return AgentSelection.GoTo(model, agent);
        }

        var command = entry.Command!.Value;
        if (entry.WhyNot is { } reason)
        {
            return Notices.Add(model, NoticeKind.Warning, $"{entry.Text}: {reason}");
        }

        var recent = model.RecentCommands.Remove(command).Insert(0, command).Take(MostRecent).ToImmutableArray();
        return CommandDispatch.Run(model with { Overlay = null, RecentCommands = recent }, command);
    }
}
