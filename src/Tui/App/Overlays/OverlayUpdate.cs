using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Hands what happens to the open dialog. Pure; time is <see cref="AppModel.Now"/>.</summary>
internal static class OverlayUpdate
{
    /// <summary>What the operator's key, click or paste does while a dialog is open: the dialog gets all of them.</summary>
    public static Transition Apply(AppModel model, TerminalEvent input) => model.Overlay switch
    {
        NudgeOverlay nudge => NudgeOverlayUpdate.Apply(model, nudge, input),
        HelpOverlay help => HelpOverlayUpdate.Apply(model, help, input),
        PaletteOverlay palette => PaletteOverlayUpdate.Apply(model, palette, input),
        EventsOverlay events => EventsOverlayUpdate.Apply(model, events, input),
        ConfirmOverlay confirm => ConfirmOverlayUpdate.Apply(model, confirm, input),
        ResultsOverlay results => ResultsOverlayUpdate.Apply(model, results, input),
        DetailsOverlay details => DetailsOverlayUpdate.Apply(model, details, input),
        LogOverlay log => LogOverlayUpdate.Apply(model, log, input),
        ThemeOverlay picker => ThemeOverlayUpdate.Apply(model, picker, input),
        _ => model,
    };

    /// <summary>
    /// Tells the open dialog about anything else. Call it after the model itself took the message in: the fleet, the theme and the
    /// time are already the new ones.
    /// </summary>
    public static Transition Notice(AppModel model, AppMessage message) => model.Overlay switch
    {
        ResultsOverlay results => ResultsOverlayUpdate.Notice(model, results, message),
        LogOverlay log => LogOverlayUpdate.Notice(model, log, message),
        DetailsOverlay details => DetailsOverlayUpdate.Notice(model, details, message),
        _ => model,
    };

    /// <summary>Whether the open dialog tells what this operation came to, so that no notice is needed.</summary>
    public static bool Tells(AppModel model, long operationId) =>
        model.Overlay is ResultsOverlay results && ResultsOverlayUpdate.Tells(results, operationId);
}
