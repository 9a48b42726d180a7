using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AgentDeck.Tui.Cli;

/// <summary>The help of the library, followed by examples and, for the root, by the exit codes.</summary>
/// <param name="help">The library's help.</param>
/// <param name="rootExamples">The examples of the root.</param>
/// <param name="width">The width to wrap at, in cells; null for none.</param>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyList<string> rootExamples, int? width) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        """
        Exit codes:
          0  done
          1  internal error, or an operation was refused or failed
          2  wrong command line or configuration
          3  at least one source is unreachable; what is known is printed all the same
          4  an agent is in a state named by --fail-on (goes before 3)
        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // Left to itself the library asks the base library's console, which switches the terminal to application keys.
        help.MaxWidth = width ?? int.MaxValue;
        var result = help.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        var examples = (command as Verb)?.Examples ?? rootExamples;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        if (command is RootCommand)
        {
            output.WriteLine(ExitCodes);
        }

        return result;
    }
}
