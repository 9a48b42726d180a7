using System.Text;

namespace AgentDeck.Engine.Tmux;

/// <summary>How tmux keeps the names of sessions.</summary>
internal static class TmuxNames
{
    /// <summary>
    /// The name under which tmux keeps a session that is started as <paramref name="name"/>: <c>:</c> and <c>.</c>, which
    /// separate the parts of a target, become <c>_</c>, and a <c>$</c> before a letter, <c>_</c> or <c>{</c> gets a backslash.
    /// </summary>
    public static string Stored(string name)
    {
        var stored = new StringBuilder(name.Length);
        for (var index = 0; index < name.Length; index++)
        {
            var next = index + 1 < name.Length ? name[index + 1] : '\0';
            _ = name[index] switch
            {
                ':' or '.' => stored.Append('_'),
                '$' when char.IsAsciiLetter(next) || next is '_' or '{' => stored.Append("\\$"),
                var character => stored.Append(character),
            };
        }

        return stored.ToString();
    }
}
