using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace AgentDeck.Tui.Cli.Completion;

/// <summary>Completion for bash 3.2 and later.</summary>
internal static class BashScript
{
    /// <summary>
    /// The script. Names of agents are hostile: they are compared and quoted, never handed to <c>compgen -W</c>, which would expand
    /// what they hold.
    /// </summary>
    public static string Write(ImmutableArray<CommandShape> commands)
    {
        var options = commands.SelectMany(command => command.Options).DistinctBy(option => option.Names[0]).ToArray();
        var script = new StringBuilder();
        script.Append(
            """
            # bash completion for agentdeck; load it with: source <(agentdeck completion bash)
            _agentdeck_agents() {
                local id part=$1
                local -a by_part=()
                while IFS= read -r id; do
                    if [[ $id == "$part"* ]]; then
                        COMPREPLY+=("$(printf %q "$id")")
                    elif [[ ${id#*/} == "$part"* ]]; then
                        by_part+=("$(printf %q "$id")")
                    fi
                done < <(agentdeck "${_agentdeck_globals[@]}" --once -o name 2>/dev/null)
                if ((${#COMPREPLY[@]} == 0)); then
                    COMPREPLY=("${by_part[@]}")
                fi
            }

            _agentdeck_words() {
                local word part=$1
                shift
                for word in "$@"; do
                    [[ $word == "$part"* ]] && COMPREPLY+=("$word")
                done
            }

            _agentdeck() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} path= arguments=0 index word
                local -a _agentdeck_globals=()
                COMPREPLY=()
                for ((index = 1; index < COMP_CWORD; index++)); do
                    word=${COMP_WORDS[index]}
                    case $word in

            """);
        Line(script, 12, $"--config|--source) _agentdeck_globals+=(\"$word\" \"${{COMP_WORDS[index + 1]}}\"); ((index++)) ;;");
        Line(script, 12, $"{string.Join('|', options.Where(option => option.TakesValue && option.Names[0] is not ("--config" or "--source")).SelectMany(option => option.Names))}) ((index++)) ;;");
        Line(script, 12, "-*) ;;");
        Line(script, 12, "*)");
        Line(script, 16, "case \"$path $word\" in");
        foreach (var command in commands.Where(command => command.Path.Length > 0))
        {
            Line(script, 20, $"\"{(command.Path.Contains(' ', StringComparison.Ordinal) ? "" : " ")}{command.Path}\") path=\"{command.Path}\" ;;");
        }

        Line(script, 20, "*) ((arguments++)) ;;");
        Line(script, 16, "esac ;;");
        Line(script, 8, "esac");
        Line(script, 4, "done");
        Line(script, 4, "case $previous in");
        foreach (var option in options.Where(option => option.TakesValue))
        {
            var action = option.TakesFile ? "COMPREPLY=($(compgen -f -- \"$current\"))" : option.Values.IsEmpty ? ":" : $"_agentdeck_words \"$current\" {string.Join(' ', option.Values)}";
            Line(script, 8, $"{string.Join('|', option.Names)}) {action}; return ;;");
        }

        Line(script, 4, "esac");
        Line(script, 4, "case $path in");
        foreach (var command in commands)
        {
            Line(script, 8, $"\"{command.Path}\")");
            Line(script, 12, "if [[ $current == -* ]]; then");
            Line(script, 16, $"_agentdeck_words \"$current\" {string.Join(' ', command.Options.SelectMany(option => option.Names))}");
            if (command.TakesAgent)
            {
                Line(script, 12, "elif ((arguments == 0)); then");
                Line(script, 16, "_agentdeck_agents \"$current\"");
            }
            else if (!command.Children.IsEmpty || !command.Values.IsEmpty)
            {
                Line(script, 12, "elif ((arguments == 0)); then");
                Line(script, 16, $"_agentdeck_words \"$current\" {string.Join(' ', command.Children.Concat(command.Values))}");
            }

            Line(script, 12, "fi ;;");
        }

        Line(script, 4, "esac");
        Line(script, 0, "}");
        Line(script, 0, "complete -F _agentdeck agentdeck");
        return script.ToString();
    }

    private static void Line(StringBuilder script, int indent, string text) =>
        script.Append(' ', indent).Append(CultureInfo.InvariantCulture, $"{text}\n");
}
