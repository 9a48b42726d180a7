namespace AgentDeck.Engine.Configuration;

/// <summary>Which keys may leave an attached agent: Control with one character, because only those are one byte on every terminal.</summary>
public static class DetachKeyText
{
    private const string Prefix = "ctrl+";
    private const string Symbols = "\\]^_";

    // Terminals send these as Tab, Enter, Backspace and line feed; C, D and Z would no longer reach the agent.
    private const string Taken = "imhjcdz";

    /// <summary>Why a text cannot be the detach key and what to write instead; null when it can.</summary>
    public static string? WhyNot(string text)
    {
        if (text.Length != Prefix.Length + 1 || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return "expected ctrl+ and one character, for example \"ctrl+]\" or \"ctrl+q\"";
        }

        var character = char.ToLowerInvariant(text[^1]);
        if (!char.IsAsciiLetterLower(character) && !Symbols.Contains(character, StringComparison.Ordinal))
        {
            return "after ctrl+ only a letter or one of \\ ] ^ _ reaches a program on every terminal";
        }

        return Taken.Contains(character, StringComparison.Ordinal)
            ? "the agent needs this key itself; take another, for example \"ctrl+]\" or \"ctrl+q\""
            : null;
    }
}
