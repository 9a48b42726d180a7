using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Cli.Completion;

/// <summary>Completion for fish.</summary>
internal static class FishScript
{
    /// <summary>The script.</summary>
    public static string Write(ImmutableArray<CommandShape> commands)
    {
        var script = new StringBuilder("# fish completion for agentdeck; load it with: agentdeck completion fish | source\n");
        script.Append("complete -c agentdeck -f\n");
        foreach (var command in commands)
        {
            var condition = ConditionOf(command, commands);
            foreach (var child in command.Children)
            {
                var path = command.Path.Length == 0 ? child : $"{command.Path} {child}";
                Line(script, $"complete -c agentdeck -n {condition} -a {child} -d {Quoted(commands.First(other => other.Path == path).Description)}");
            }

            if (!command.Values.IsEmpty)
            {
                Line(script, $"complete -c agentdeck -n {condition} -a {Quoted(string.Join(' ', command.Values))}");
            }

            if (command.TakesAgent)
            {
                Line(script, $"complete -c agentdeck -n {condition} -a '(agentdeck --once -o name 2>/dev/null)' -d agent");
            }

            foreach (var option in command.Options)
            {
                var names = string.Join(' ', option.Names.Where(name => name.StartsWith('-')).Select(name => name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {name[1..]}"));
                var value = !option.TakesValue ? "" : option.TakesFile ? " -r -F" : option.Values.IsEmpty ? " -x" : $" -x -a {Quoted(string.Join(' ', option.Values))}";
                Line(script, $"complete -c agentdeck -n {condition} {names}{value} -d {Quoted(option.Description)}");
            }
        }

        return script.ToString();
    }

    private static string ConditionOf(CommandShape command, ImmutableArray<CommandShape> commands)
    {
        var seen = command.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"__fish_seen_subcommand_from {word}");
        var children = command.Children.IsEmpty ? [] : new[] { $"not __fish_seen_subcommand_from {string.Join(' ', command.Children)}" };
        return command.Path.Length == 0
            ? Quoted($"not __fish_seen_subcommand_from {string.Join(' ', commands[0].Children)}")
            : Quoted(string.Join("; and ", seen.Concat(children)));
    }

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static void Line(StringBuilder script, string text) => script.Append(CultureInfo.InvariantCulture, $"{text}\n");
}
