namespace AgentDeck.Tui.App.Running;

/// <summary>Text as one word of a POSIX shell. Names come from sessions, so a line to be pasted must not do what a name says.</summary>
internal static class ShellWord
{
    private const string Harmless = "_@%+=:,./-";

    /// <summary>The text itself where no character of it means anything to a shell, else in single quotes.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || Harmless.Contains(character, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
