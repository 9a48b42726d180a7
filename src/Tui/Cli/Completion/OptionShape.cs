using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;

namespace AgentDeck.Tui.Cli.Completion;

/// <summary>What a completion script must know of one option.</summary>
/// <param name="Names">All its names, dashes included, the main one first.</param>
/// <param name="Description">Its help.</param>
/// <param name="TakesValue">Whether a value follows.</param>
/// <param name="Values">Its values when they are fixed.</param>
/// <param name="TakesFile">Whether its value is a file.</param>
internal sealed record OptionShape(ImmutableArray<string> Names, string Description, bool TakesValue, ImmutableArray<string> Values, bool TakesFile)
{
    /// <summary>The shape of an option.</summary>
    public static OptionShape Of(Option option)
    {
        var takesValue = option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;
        return new OptionShape(
            [option.Name, .. option.Aliases],
            option.Description ?? "",
            takesValue,
            takesValue ? [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)] : [],
            option.HelpName == "FILE");
    }
}
