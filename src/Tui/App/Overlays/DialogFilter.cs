namespace AgentDeck.Tui.App.Overlays;

/// <summary>The filter of a dialog that shows rows.</summary>
/// <param name="Text">What is typed.</param>
/// <param name="IsTyping">Whether keys go to it.</param>
internal sealed record DialogFilter(string Text, bool IsTyping)
{
    /// <summary>No filter.</summary>
    public static DialogFilter None { get; } = new("", false);

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
