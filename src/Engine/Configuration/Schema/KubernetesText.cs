using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>What the API of Kubernetes accepts as names and amounts, so that a mistake is told with its place and not by a refused request.</summary>
internal static class KubernetesText
{
    /// <summary>What to write for an amount.</summary>
    public const string Quantity = "expected a quantity as Kubernetes writes it, for example \"500m\" or \"4Gi\"";

    /// <summary>What to write for an image.</summary>
    public const string Image = "expected the name of an image";

    /// <summary>What to write for a tmux session.</summary>
    public const string Session = "expected the name of a tmux session without ':' and '.', or \"\" where there is no tmux";

    private const int MostStreams = 4096;
    private const int LongestLabel = 63;
    private const int LongestName = 253;

    /// <summary>A text of a key; null when absent, or wrong and reported.</summary>
    public static string? Read(TomlSection section, string key, string remedy, Func<string, bool> isGood)
    {
        var text = section.Text(key);
        if (text is not null && (text.Value.Any(char.IsControl) || !isGood(text.Value)))
        {
            section.Refuse(key, text, remedy);
            return null;
        }

        return text?.Value;
    }

    /// <summary>How many streams are kept open at most.</summary>
    public static int ReadMaxStreams(TomlSection section)
    {
        var value = section.Value<TomlInteger>("max_streams", "a whole number");
        if (value is { Value: < 0 or > MostStreams })
        {
            section.Refuse("max_streams", value, $"expected 0 to {MostStreams}");
            return KubernetesSourceSpec.DefaultMaxStreams;
        }

        return (int)(value?.Value ?? KubernetesSourceSpec.DefaultMaxStreams);
    }

    /// <summary>Whether this is the name of a tmux session, or empty.</summary>
    public static bool IsSession(string name) => !name.Contains(':', StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal);

    /// <summary>Whether this is the name of an image as far as can be told without asking a registry.</summary>
    public static bool IsImage(string name) => name.Length > 0 && !name.Any(char.IsWhiteSpace);

    /// <summary>Whether this is an amount.</summary>
    public static bool IsQuantity(string text) =>
        text.Length > 0 && char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '.');

    /// <summary>The names of namespaces and containers.</summary>
    public static bool IsDnsLabel(string name) => IsBounded(name, LongestLabel) && name[0] != '-' && name[^1] != '-' && name.All(IsOfDns);

    /// <summary>The names of secrets, and what stands before the slash of a label.</summary>
    public static bool IsDnsName(string name) => IsBounded(name, LongestName) && name.Split('.').All(IsDnsLabel);

    /// <summary>The names of the values of a secret.</summary>
    public static bool IsSecretKey(string key) => IsBounded(key, LongestName) && key.All(character => IsOfWord(character)) && key is not ("." or "..");

    /// <summary>The names of variables.</summary>
    public static bool IsVariable(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => IsOfWord(character));

    /// <summary>The names of labels, with or without a prefix.</summary>
    public static bool IsLabel(string name) => name.Split('/') switch
    {
        [var word] => word.Length > 0 && IsLabelValue(word),
        [var prefix, var word] => IsDnsName(prefix) && word.Length > 0 && IsLabelValue(word),
        _ => false,
    };

    /// <summary>The values of labels.</summary>
    public static bool IsLabelValue(string value) =>
        value.Length == 0 || (value.Length <= LongestLabel && value.All(IsOfWord) && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1]));

    private static bool IsBounded(string text, int most) => text.Length > 0 && text.Length <= most;

    private static bool IsOfDns(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-';

    private static bool IsOfWord(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
