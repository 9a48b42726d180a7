namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>A text being edited.</summary>
/// <param name="Text">The text; lines end with LF.</param>
/// <param name="Cursor">Where the next character goes, in UTF-16 units; always between two grapheme clusters.</param>
internal sealed record TextInputState(string Text, int Cursor)
{
    /// <summary>Nothing yet.</summary>
    public static TextInputState Empty { get; } = new("", 0);

    /// <summary>A text with the cursor behind it.</summary>
    public static TextInputState Of(string text) => text.Length == 0 ? Empty : new(text, text.Length);
}
