using System.Collections.Immutable;
using System.CommandLine;

namespace AgentDeck.Tui.Cli.Completion;

/// <summary>What a completion script must know of one command. Read from the command line itself, so that a script is never out of date.</summary>
/// <param name="Path">Its words after <c>agentdeck</c>, for example <c>config check</c>; empty for the root.</param>
/// <param name="Description">Its first line of help.</param>
/// <param name="Options">Its own options and the global ones.</param>
/// <param name="Children">The words that may follow <paramref name="Path"/>.</param>
/// <param name="Values">The values of its first argument when they are fixed.</param>
/// <param name="TakesAgent">Whether its first argument names an agent.</param>
internal sealed record CommandShape(
    string Path,
    string Description,
    ImmutableArray<OptionShape> Options,
    ImmutableArray<string> Children,
    ImmutableArray<string> Values,
    bool TakesAgent)
{
    /// <summary>The shapes of <paramref name="root"/> and of every command below it, parents first.</summary>
    public static ImmutableArray<CommandShape> Of(Command root) => [.. Below(root, "", [])];

    private static IEnumerable<CommandShape> Below(Command command, string path, ImmutableArray<OptionShape> inherited)
    {
        ImmutableArray<OptionShape> own = [.. command.Options.Select(OptionShape.Of)];
        var argument = command.Arguments.FirstOrDefault();
        yield return new CommandShape(
            path,
            command.Description ?? "",
            [.. own, .. inherited],
            [.. command.Subcommands.Select(child => child.Name)],
            argument is null or AgentArgument ? [] : [.. argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label)],
            argument is AgentArgument);

        ImmutableArray<OptionShape> recursive = [.. inherited, .. command.Options.Where(option => option.Recursive).Select(OptionShape.Of)];
        foreach (var child in command.Subcommands)
        {
            foreach (var shape in Below(child, path.Length == 0 ? child.Name : $"{path} {child.Name}", recursive))
            {
                yield return shape;
            }
        }
    }
}
