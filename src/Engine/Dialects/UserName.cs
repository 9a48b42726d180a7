namespace AgentDeck.Engine.Dialects;

/// <summary>Names of Unix users that come from pods, and go into command lines.</summary>
internal static class UserName
{
    private const int Longest = 32;

    /// <summary>The name if it is one or more of <c>a-z A-Z 0-9 _ -</c>, does not look like an option and is not too long; else null.</summary>
    public static string? Checked(string? name) =>
        name is { Length: > 0 and <= Longest } && name[0] != '-' && name.All(IsHarmless) ? name : null;

    private static bool IsHarmless(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';
}
