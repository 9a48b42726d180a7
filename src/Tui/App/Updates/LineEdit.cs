using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.Terminal.Widgets;

namespace AgentDeck.Tui.App.Updates;

/// <summary>Editing of one short line: filters, the search, the palette.</summary>
internal static class LineEdit
{
    private static readonly TextInputRules Rules = new(IsMultiline: false, Longest: 200);

    /// <summary>The line after a key or paste; null when the input is not editing.</summary>
    public static TextInputState? Apply(TextInputState line, TerminalEvent input) => input switch
    {
        TextPasted paste => TextInputEditor.Paste(line, paste.Text, Rules),
        KeyPressed key => TextInputEditor.Apply(line, key.Chord, Rules),
        _ => null,
    };
}
