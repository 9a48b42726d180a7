using System.Collections.Immutable;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Dialects;

/// <summary>Runs commands in a container as the user whose tmux socket is wanted: root does not see it.</summary>
internal static class AsUser
{
    // Who is that user already must not use su: it asks for a password, root or not, where pam_rootok is missing. Where su gives
    // a command a session of its own, that session has no terminal to tell it of a new size.
    private const string Script = """
        if [ "$(whoami)" = "$1" ]; then shift 3; exec "$@"; fi
        if [ "$2" = tty ]; then case "$(su --help 2>&1)" in *--session-command*) exec su - "$1" --session-command "$3";; esac; fi
        exec su - "$1" -c "$3"
        """;

    /// <summary>The command that runs <paramref name="command"/> as <paramref name="user"/>: at once if that is who runs it, else by <c>su</c>. Needs a POSIX shell.</summary>
    /// <param name="command">The command. Its arguments stay what they are, whatever is in them.</param>
    /// <param name="user">A name that <see cref="UserName.Checked"/> let pass.</param>
    public static CommandSpec Wrap(CommandSpec command, string user)
    {
        if (UserName.Checked(user) is null)
        {
            throw new ArgumentException("not the name of a user", nameof(user));
        }

        ImmutableArray<string> words = [command.Program, .. command.Arguments];
        return command with
        {
            Program = "sh",
            Arguments = ["-c", Script, "sh", user, command.Terminal is null ? "" : "tty", "exec " + string.Join(' ', words.Select(Quote)), .. words],
        };
    }

    // su takes a line for the user's shell. Between single quotes every shell leaves everything as it is.
    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
