using System.Collections.Immutable;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// One line of tmux commands, done by the server in one go: nothing happens between them, and none follows one that failed.
/// </summary>
internal sealed class TmuxCommandLine
{
    private readonly ImmutableArray<string> _commands;

    private TmuxCommandLine(ImmutableArray<string> commands) => _commands = commands;

    /// <summary>How many commands there are, which is how many replies come when none fails.</summary>
    public int Count => _commands.Length;

    /// <summary>A line of one command; every argument reaches tmux exactly as given.</summary>
    /// <exception cref="ArgumentException">An argument contains NUL.</exception>
    public static TmuxCommandLine Of(string command, params ReadOnlySpan<string> arguments) => new([Build(command, arguments)]);

    /// <summary>The same line with another command after it.</summary>
    /// <exception cref="ArgumentException">An argument contains NUL.</exception>
    public TmuxCommandLine Then(string command, params ReadOnlySpan<string> arguments) => new(_commands.Add(Build(command, arguments)));

    /// <summary>This line and then another one's commands.</summary>
    public TmuxCommandLine Then(TmuxCommandLine next) => new(_commands.AddRange(next._commands));

    /// <summary>The line without its line feed.</summary>
    public override string ToString() => string.Join(" ; ", _commands);

    private static string Build(string command, ReadOnlySpan<string> arguments)
    {
        var words = new string[arguments.Length + 1];
        words[0] = command;
        for (var index = 0; index < arguments.Length; index++)
        {
            words[index + 1] = TmuxQuoting.Quote(arguments[index]);
        }

        return string.Join(' ', words);
    }
}
