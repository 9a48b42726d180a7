using System.Buffers;
using System.Text.RegularExpressions;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>Knows what secrets look like.</summary>
internal static class SecretFinder
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly SearchValues<char> Amount = SearchValues.Create("0123456789.,kKmM%/");

    // Beside the signs, these alone match an ASCII letter when case is ignored.
    private static readonly SearchValues<char> FoldedLetters = SearchValues.Create("\u212A\u017F\u0130\u0131");

    // No expression may backtrack: the texts come from agents, and one of a megabyte must not stop the log. Such an expression is
    // dear to build, so each waits for a text with one of the signs without which it cannot match.
    private static readonly (string[] Signs, Lazy<Regex> Expression)[] Patterns =
    [
        // Keys that their issuers gave a prefix, and JSON web tokens.
        (["sk-", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "AKIA", "ASIA", "AIza", "eyJ"], new(() => new Regex(
            @"\b(?<secret>sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}|glpat-[A-Za-z0-9_-]{16,}"
            + @"|xox[abeoprs]-[A-Za-z0-9-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}"
            + @"|eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*)", Options))),
        (["bearer", "basic"], new(() => new Regex(@"\b(?:bearer|basic)[ \t]+(?<secret>[A-Za-z0-9._~+/=-]{8,})", Options | RegexOptions.IgnoreCase))),
        (["://"], new(() => new Regex(@"://[^\s/:@]*:(?<secret>[^\s/]+)@", Options))),

        // A private key from the line of its beginning to that of its end, or to the end of the text.
        (["PRIVATE KEY"], new(() => new Regex("-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?<block>(?<secret>[^-]*(?:-[^-]+)*))", Options))),

        // An option of a command with its value in the next word.
        (["pass", "secret", "token", "credential", "key"], new(() => new Regex(
            @"(?:^|[\s""'=(\[])--(?:[a-z0-9]+[_-])*(?:pass|passwd|password|passphrase|secret|token|credentials?|(?:api|access|private|client|auth|signing|encryption|master|secret)[_-]?key)"
            + @"[ \t]+(?:""(?<secret>[^""\n]+)|'(?<secret>[^'\n]+)|(?<secret>[^\s""'-][^\s""']*))", Options | RegexOptions.IgnoreCase))),

        // NAME=value, name: value and "name":"value", also quoted once more inside a string.
        (["passw", "passphrase", "secret", "token", "credential", "_pass", "-pass", "_pwd", "-pwd", "key"], new(() => new Regex(
            @"(?<name>[A-Za-z0-9_.-]*(?:passw(?:or)?d|passphrase|secret|token|credential|[_-](?:pass|pwd)|(?:api|access|private|client|auth|signing|encryption|master)[_-]?key)[A-Za-z0-9_.-]*)"
            + @"\\?[""']?[ \t]*[:=][ \t]*(?:\\?""(?<secret>(?:[^""\\\n]|\\.)*)|\\?'(?<secret>[^'\n]*)|(?<secret>[^\s""'&]+))", Options | RegexOptions.IgnoreCase))),
    ];

    /// <summary>All that it looks for.</summary>
    internal static IEnumerable<Regex> Expressions => Patterns.Select(pattern => pattern.Expression.Value);

    /// <summary>Every secret in <paramref name="text"/>, sorted by start; they may overlap.</summary>
    public static List<SecretSpan> Find(string text)
    {
        var plain = EscapeFreeText.From(text);
        var secrets = new List<SecretSpan>();
        AddMatches(plain, secrets);
        if (plain.HadEscapes)
        {
            // What the sequences themselves carry, for example a link with a password.
            AddMatches(EscapeFreeText.Whole(text), secrets);
        }

        secrets.Sort((left, right) => left.Start.CompareTo(right.Start));
        return secrets;
    }

    private static void AddMatches(EscapeFreeText plain, List<SecretSpan> secrets)
    {
        var isFolded = plain.Text.AsSpan().ContainsAny(FoldedLetters);
        foreach (var (signs, expression) in Patterns)
        {
            if (!isFolded && !Array.Exists(signs, sign => plain.Text.Contains(sign, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            for (var match = expression.Value.Match(plain.Text); match.Success; match = match.NextMatch())
            {
                var secret = match.Groups["secret"];
                if (secret.Length > 0 && !IsHarmless(match.Groups["name"].ValueSpan, secret.ValueSpan))
                {
                    secrets.Add(new SecretSpan(plain.Origin(match.Index), plain.Origin(secret.Index), plain.Origin(secret.Index + secret.Length - 1) + 1, match.Groups["block"].Success));
                }
            }
        }
    }

    // "max_tokens: 4096" counts, and a mask hides something already.
    private static bool IsHarmless(ReadOnlySpan<char> name, ReadOnlySpan<char> value) =>
        value is Redactor.Mask or "true" or "false" or "null" or "none"
        || (name.Contains("tokens", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(value[0]) && !value.ContainsAnyExcept(Amount));
}
