using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Asks before several agents are interrupted or one is started, stopped or restarted.</summary>
internal static class ConfirmOverlayUpdate
{
    /// <summary>
    /// Asks whether <paramref name="command"/> is to be done to <paramref name="targets"/> (at least one). What loses work has Cancel
    /// focused, so that a second Enter in haste does nothing.
    /// </summary>
    public static Transition Open(AppModel model, SessionCommand command, ImmutableArray<AgentId> targets) =>
        model with { Overlay = new ConfirmOverlay(command, targets, command is not (SessionCommand.Stop or SessionCommand.Restart)) };

    /// <summary>What a key or click does.</summary>
    public static Transition Apply(AppModel model, ConfirmOverlay confirm, TerminalEvent input)
    {
        var view = ConfirmViewModel.Build(model, confirm);
        var click = input is MouseUsed { Action: MouseAction.Press } mouse ? mouse.At : (Terminal.Cells.Position?)null;
        if (DialogKeys.Is(input, 'y') || (click is { } yes && view.YesButton.Contains(yes)))
        {
            return Accept(model, confirm, view);
        }

        if (DialogKeys.Is(input, 'n') || DialogKeys.ClosesReader(input, view.Place) || (click is { } no && view.NoButton.Contains(no)))
        {
            return model with { Overlay = null };
        }

        if (DialogKeys.Is(input, Key.Enter))
        {
            return confirm.IsYesFocused ? Accept(model, confirm, view) : model with { Overlay = null };
        }

        return DialogKeys.MovesFocus(input) && view.Able.Length > 0
            ? model with { Overlay = confirm with { IsYesFocused = !confirm.IsYesFocused } }
            : model;
    }

    private static Transition Accept(AppModel model, ConfirmOverlay confirm, ConfirmViewModel view) =>
        view.Able.Length == 0
            ? model with { Overlay = null }
            : ResultsOverlayUpdate.Run(model, confirm.Command, view.Able, []);
}
