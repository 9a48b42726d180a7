using System.Text;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// How Gas City turns the name of a session into that of its pod and into a label. Both lose information: different sessions
/// may get the same name, and only the annotation holds the real one.
/// </summary>
internal static class GasCityNames
{
    // The longest DNS label, and the longest value of a label.
    private const int Longest = 63;
    private const string Nameless = "unknown";

    /// <summary>The name of a session's pod; empty for an empty name, <c>unknown</c> when nothing usable is in it.</summary>
    public static string PodOf(string session)
    {
        var name = Replace(session.ToLowerInvariant(), character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)).TrimStart('-');
        var cut = Cut(name).TrimEnd('-');
        return cut.Length == 0 && session.Length > 0 ? Nameless : cut;
    }

    /// <summary>A name as the value of a label; <c>unknown</c> when nothing usable is in it. Only ASCII is kept, because the API refuses the rest.</summary>
    public static string LabelOf(string name)
    {
        var label = Replace(name, character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.').TrimStart('-', '_', '.');
        var cut = Cut(label).TrimEnd('-', '_', '.');
        return cut.Length == 0 ? Nameless : cut;
    }

    /// <summary>The session of an agent by its qualified name: <c>rig/agent</c> becomes <c>rig--agent</c>, <c>pack.agent</c> becomes <c>pack__agent</c>.</summary>
    public static string SessionOf(string agent) =>
        agent.Replace("/", "--", StringComparison.Ordinal).Replace(".", "__", StringComparison.Ordinal);

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];

    private static string Replace(string text, Func<char, bool> keep)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.IsAscii && keep((char)rune.Value) ? (char)rune.Value : '-');
        }

        return result.ToString();
    }
}
