namespace AgentDeck.Engine.Dialects;

/// <summary>Reasons that come from a cluster. Those of Kubernetes are CamelCase words; anything may stand there.</summary>
internal static class ReasonWord
{
    private const int Longest = 64;

    /// <summary>The reason if it is one word of ASCII letters and digits, else <paramref name="otherwise"/>.</summary>
    public static string Of(string? reason, string otherwise) =>
        reason is { Length: > 0 and <= Longest } && char.IsAsciiLetter(reason[0]) && reason.All(char.IsAsciiLetterOrDigit) ? reason : otherwise;
}
