using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Hands what the terminal tells to whoever it concerns: the open dialog, the pane that is typed into, an input line, or a command.</summary>
internal static class InputUpdate
{
    /// <summary>What an event of the terminal does.</summary>
    public static Transition Apply(AppModel model, TerminalEvent input, DateTimeOffset at) => input switch
    {
        Resized resized => model with { Screen = resized.Size },
        TerminalClosed => new Transition(model, [new QuitApp(0)]),
        FocusChanged or TerminalResumed => model,
        _ when model.Overlay is not null => OverlayUpdate.Apply(model, input),
        _ when model.Wall.IsTyping => TypingUpdate.Apply(model, input),
        _ when model.Wall.IsTypingCut => TypingUpdate.AfterCut(model, input),
        MouseUsed mouse => MouseUpdate.Apply(model, mouse, at),
        _ => Key(model.LastClick is null ? model : model with { LastClick = null }, input),
    };

    /// <summary>Where keys are looked up.</summary>
    public static KeyContext ContextOf(AppModel model) => model.Wall switch
    {
        { IsTyping: true } => KeyContext.Typing,
        { History: not null } => KeyContext.History,
        { Focused: not null } => KeyContext.Pane,
        _ => KeyContext.Anywhere,
    };

    private static Transition Key(AppModel model, TerminalEvent input) => input switch
    {
        _ when model.List.IsFiltering => FilterUpdate.Apply(model, input),
        _ when model.Wall.History is { IsSearching: true } => SearchUpdate.Apply(model, input),
        KeyPressed key => model.Keys.Find(ContextOf(model), key.Chord) is { } command ? CommandDispatch.Run(model, command) : model,
        TextPasted => Notices.Add(model, NoticeKind.Warning, $"a paste goes nowhere here: {Label(model, CommandId.Nudge)} opens a message, {Label(model, CommandId.TypeInto)} types into the pane"),
        _ => model,
    };

    private static string Label(AppModel model, CommandId command) => model.Keys.LabelOf(command) ?? CommandCatalog.Of(command).Name;
}
