using System.Text;

namespace AgentDeck.Engine.Tmux;

/// <summary>Writes an argument so that tmux's command parser reads exactly it: in control mode and in files.</summary>
internal static class TmuxQuoting
{
    /// <summary>
    /// Single quotes around everything, since nothing is special inside them; a single quote is <c>'\''</c> and a line feed,
    /// which would end a control-mode line, is the escape <c>"\n"</c> between two quoted pieces.
    /// </summary>
    /// <exception cref="ArgumentException">The text contains NUL, which tmux cannot carry.</exception>
    public static string Quote(string argument)
    {
        RefuseNul(argument);
        var quoted = new StringBuilder(argument.Length + 2).Append('\'');
        foreach (var character in argument)
        {
            _ = character switch
            {
                '\'' => quoted.Append("'\\''"),
                '\n' => quoted.Append("'\"\\n\"'"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>Makes sure that tmux can carry an argument.</summary>
    /// <exception cref="ArgumentException">The text contains NUL, which it cannot.</exception>
    public static void RefuseNul(string argument)
    {
        if (argument.Contains('\0'))
        {
            throw new ArgumentException("tmux cannot carry a NUL character", nameof(argument));
        }
    }

    /// <summary>An argument of the program that does not end a command: tmux takes a semicolon at its end for that, unless a backslash stands before it.</summary>
    public static string EscapeSeparator(string argument) => argument.EndsWith(';') ? argument.Insert(argument.Length - 1, "\\") : argument;

    /// <summary>Keeps tmux from expanding a text where it expects a format.</summary>
    public static string EscapeFormat(string text) => text.Replace("#", "##", StringComparison.Ordinal);
}
