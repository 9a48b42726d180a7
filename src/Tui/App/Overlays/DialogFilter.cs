using AgentDeck.Tui.Terminal.Widgets;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>The filter of a dialog that shows rows.</summary>
/// <param name="Input">What is typed, with its cursor.</param>
/// <param name="IsTyping">Whether keys go to it.</param>
internal sealed record DialogFilter(TextInputState Input, bool IsTyping)
{
    /// <summary>No filter.</summary>
    public static DialogFilter None { get; } = new(TextInputState.Empty, false);

    /// <summary>What is typed.</summary>
    public string Text => Input.Text;

    /// <summary>Whether it takes a row of the dialog.</summary>
    public bool IsShown => IsTyping || Text.Length > 0;

    /// <summary>Whether every word of the filter occurs in <paramref name="text"/>; case does not count.</summary>
    public bool Accepts(string text)
    {
        foreach (var word in Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
