using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Cli.Completion;

/// <summary>Completion for zsh.</summary>
internal static class ZshScript
{
    /// <summary>The script. <c>compadd</c> quotes what it inserts, so hostile names of agents stay names.</summary>
    public static string Write(ImmutableArray<CommandShape> commands)
    {
        var script = new StringBuilder();
        script.Append(
            """
            #compdef agentdeck
            # zsh completion for agentdeck; save it as _agentdeck in a folder of $fpath, or load it with: source <(agentdeck completion zsh)
            _agentdeck_agents() {
                local -a ids
                ids=(${(f)"$(agentdeck --once -o name 2>/dev/null)"})
                compadd -M 'l:|=* r:|=*' -a ids
            }


            """);
        foreach (var command in commands)
        {
            Line(script, 0, $"{FunctionOf(command.Path)}() {{");
            Line(script, 4, "_arguments -s -S \\");
            foreach (var option in command.Options)
            {
                foreach (var name in option.Names)
                {
                    var value = !option.TakesValue ? "" : option.TakesFile ? ":file:_files" : option.Values.IsEmpty ? ":value: " : $":value:({string.Join(' ', option.Values)})";
                    Line(script, 8, $"{Quoted($"{name}[{Escaped(option.Description)}]{value}")} \\");
                }
            }

            Line(script, 8, Positional(command));
            Line(script, 0, "}");
            script.Append('\n');
            if (!command.Children.IsEmpty)
            {
                WriteChildren(script, command, commands);
            }
        }

        Line(script, 0, "if [[ $zsh_eval_context == *loadautofunc* ]]; then");
        Line(script, 4, "_agentdeck \"$@\"");
        Line(script, 0, "else");
        Line(script, 4, "compdef _agentdeck agentdeck");
        Line(script, 0, "fi");
        return script.ToString();
    }

    private static string Positional(CommandShape command)
    {
        if (!command.Children.IsEmpty)
        {
            return $"'1:command:{FunctionOf(command.Path)}_commands' '*::argument:{FunctionOf(command.Path)}_rest'";
        }

        return command.TakesAgent ? "'1:agent:_agentdeck_agents' '*:argument:()'"
            : command.Values.IsEmpty ? "'*:argument:()'"
            : $"'1:value:({string.Join(' ', command.Values)})'";
    }

    private static void WriteChildren(StringBuilder script, CommandShape command, ImmutableArray<CommandShape> commands)
    {
        var function = FunctionOf(command.Path);
        Line(script, 0, $"{function}_commands() {{");
        Line(script, 4, "local -a commands");
        Line(script, 4, "commands=(");
        foreach (var child in command.Children)
        {
            var shape = commands.First(other => other.Path == PathOf(command, child));
            Line(script, 8, Quoted($"{child}:{shape.Description}"));
        }

        Line(script, 4, ")");
        Line(script, 4, "_describe command commands");
        Line(script, 0, "}");
        script.Append('\n');
        Line(script, 0, $"{function}_rest() {{");
        Line(script, 4, "case $words[1] in");
        foreach (var child in command.Children)
        {
            Line(script, 8, $"{child}) {FunctionOf(PathOf(command, child))} ;;");
        }

        Line(script, 4, "esac");
        Line(script, 0, "}");
        script.Append('\n');
    }

    private static string PathOf(CommandShape command, string child) => command.Path.Length == 0 ? child : $"{command.Path} {child}";

    private static string FunctionOf(string path) => path.Length == 0 ? "_agentdeck" : $"_agentdeck_{path.Replace(' ', '_')}_verb";

    private static string Escaped(string text) =>
        text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void Line(StringBuilder script, int indent, string text) =>
        script.Append(' ', indent).Append(CultureInfo.InvariantCulture, $"{text}\n");
}
