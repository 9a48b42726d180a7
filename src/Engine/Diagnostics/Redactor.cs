using System.Text;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>
/// Replaces secrets by <see cref="Mask"/>: the one redactor for logs, events and exports. Pure, and linear in the text's
/// length. Finds secrets also where SGR sequences or other escapes stand inside them; those go with the secret. For text
/// that comes in pieces use <see cref="RedactingWriter"/>.
/// </summary>
public static class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    /// <summary>The text without secrets; the same instance when it has none.</summary>
    public static string Redact(string text)
    {
        var secrets = SecretFinder.Find(text);
        return secrets.Count == 0 ? text : Redact(text, secrets);
    }

    /// <summary>The text without the given secrets, which are sorted by start.</summary>
    internal static string Redact(ReadOnlySpan<char> text, IEnumerable<SecretSpan> secrets)
    {
        var result = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var secret in secrets)
        {
            if (secret.Start >= copied)
            {
                result.Append(text[copied..secret.Start]).Append(Mask);
            }

            copied = Math.Max(copied, secret.End);
        }

        return result.Append(text[copied..]).ToString();
    }
}
