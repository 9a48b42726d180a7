namespace AgentDeck.Tui.Terminal.Widgets;

/// <summary>What an input takes.</summary>
/// <param name="IsMultiline">Whether it takes line feeds (Alt-Enter, Ctrl-J, pasted); else they become blanks.</param>
/// <param name="Longest">The most UTF-16 units; what goes beyond is cut off between clusters.</param>
internal readonly record struct TextInputRules(bool IsMultiline, int Longest);
