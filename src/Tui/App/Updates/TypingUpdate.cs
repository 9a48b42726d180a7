using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Typing into a pane: every key and paste goes to the agent but the one that ends it.</summary>
internal static class TypingUpdate
{
    /// <summary>From now on keys go to the current agent.</summary>
    public static AppModel Begin(AppModel model) => model with
    {
        Wall = model.Wall with { Focused = CommandTargets.Current(model)!.Id, IsTyping = true, History = null },
    };

    /// <summary>Keys belong to the deck again.</summary>
    public static AppModel End(AppModel model) => model with { Wall = model.Wall with { IsTyping = false } };

    /// <summary>Typing ended by itself; what is still being typed belongs to nobody until the operator looks up.</summary>
    public static WallState Cut(WallState wall) => wall with { IsTyping = false, IsTypingCut = wall.IsTyping || wall.IsTypingCut };

    /// <summary>Swallows what was meant for the agent; Escape or the key that ends typing gives the keys back to the deck.</summary>
    public static Transition AfterCut(AppModel model, TerminalEvent input) => input switch
    {
        KeyPressed key when key.Chord == KeyChord.Of(Key.Escape) || model.Keys.Find(KeyContext.Typing, key.Chord) == CommandId.EndTyping =>
            model with { Wall = model.Wall with { IsTypingCut = false } },
        KeyPressed or TextPasted => Notices.Add(model, NoticeKind.Warning, "typing ended by itself: Esc gives the keys back to the deck"),
        _ => model,
    };

    /// <summary>What a key or paste does. The mouse does nothing, so that a stray click does not redirect what is typed.</summary>
    public static Transition Apply(AppModel model, TerminalEvent input) => input switch
    {
        KeyPressed key when model.Keys.Find(KeyContext.Typing, key.Chord) is { } command => CommandDispatch.Run(model, command),
        KeyPressed key when TmuxKeyName.Of(key.Chord) is { } name => Send(model, new SessionCommand.SendKeys([name])),
        TextPasted { Text.Length: > 0 } paste => Send(model, new SessionCommand.Paste(paste.Text)),
        _ => model,
    };

    /// <summary>Ends the typing that did not arrive and says why.</summary>
    public static AppModel Failed(AppModel model, AgentId agent, string reason) => Notices.Add(
        model.Wall.Focused == agent ? model with { Wall = Cut(model.Wall) } : model,
        NoticeKind.Error,
        $"typing into {PlainText.Sanitize(agent.ToString())} failed: {reason}");

    private static Transition Send(AppModel model, SessionCommand command) => new(model, [new TypeIntoPane(model.Wall.Focused!.Value, command)]);
}
