using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Shows every command with its keys.</summary>
internal static class HelpOverlayUpdate
{
    /// <summary>Opens the help at its top.</summary>
    public static Transition Open(AppModel model) => model with { Overlay = new HelpOverlay(DialogFilter.None, 0) };

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, HelpOverlay help, TerminalEvent input)
    {
        if (DialogFilterUpdate.Apply(help.Filter, input) is { } filter)
        {
            return model with { Overlay = help with { Filter = filter, Offset = 0 } };
        }

        var place = HelpViewModel.Place(model);
        if (DialogKeys.ClosesReader(input, place) || DialogKeys.Is(input, Key.Enter) || DialogKeys.Is(input, '?'))
        {
            return model with { Overlay = null };
        }

        var page = DialogRows.Below(place, help.Filter).Height;
        var rows = HelpViewModel.Lines(model, help.Filter, place.Body.Width).Length;
        return ListKeys.Move(help.Offset, rows - page, page - 1, input, letters: !help.Filter.IsTyping) is { } offset
            ? model with { Overlay = help with { Offset = offset } }
            : model;
    }
}
