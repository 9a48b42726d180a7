using System.Collections.Immutable;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// One line of tmux commands, done by the server in one go: nothing happens between them, and none follows one that failed.
/// </summary>
internal sealed class TmuxCommandLine
{
    private readonly ImmutableArray<ImmutableArray<string>> _commands;

    private TmuxCommandLine(ImmutableArray<ImmutableArray<string>> commands) => _commands = commands;

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

    /// <summary>The line without its line feed, as a control client reads it.</summary>
    public override string ToString() => string.Join(" ; ", _commands.Select(words => $"{words[0]}{string.Concat(words.Skip(1).Select(word => $" {TmuxQuoting.Quote(word)}"))}"));

    /// <summary>The line as arguments of a tmux program.</summary>
    /// <param name="mark">What is printed, on a line of its own, between the commands; no format.</param>
    public IEnumerable<string> ToArguments(string mark)
    {
        string[] between = [";", "display-message", "-p", mark, ";"];
        return _commands.SelectMany((words, index) => (index == 0 ? [] : between).Concat(words.Select(TmuxQuoting.EscapeSeparator)));
    }

    private static ImmutableArray<string> Build(string command, ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments)
        {
            TmuxQuoting.RefuseNul(argument);
        }

        return [command, .. arguments];
    }
}
