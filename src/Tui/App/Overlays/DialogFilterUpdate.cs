using AgentDeck.Tui.App.Updates;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Typing into the filter of a dialog: <c>/</c> begins, Enter keeps it, Esc clears it.</summary>
internal static class DialogFilterUpdate
{
    /// <summary>The filter after a key or paste, or null when that is none of its business.</summary>
    public static DialogFilter? Apply(DialogFilter filter, TerminalEvent input)
    {
        if (filter.IsShown && DialogKeys.Is(input, Key.Escape))
        {
            return DialogFilter.None;
        }

        if (!filter.IsTyping)
        {
            return DialogKeys.Is(input, '/') ? filter with { IsTyping = true } : null;
        }

        if (DialogKeys.Is(input, Key.Enter))
        {
            return filter with { IsTyping = false };
        }

        return LineEdit.Apply(filter.Input, input) is { } typed ? filter with { Input = typed } : null;
    }
}
