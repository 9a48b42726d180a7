using System.CommandLine;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck nudge</c>: types a text into an agent, submits it and says whether it was taken.</summary>
internal static class NudgeVerb
{
    private const int LongestText = 1 << 20;

    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var text = new Argument<string?>("TEXT") { Description = "The text; - or nothing reads it from standard input", Arity = ArgumentArity.ZeroOrOne };
        var force = new Option<bool>("--force") { Description = "Type even where the agent stands before an approval menu" };
        var verb = new Verb(
            "nudge",
            "Type a text into an agent, submit it and see whether it was taken",
            "agentdeck nudge mayor 'Continue with the plan.'",
            "agentdeck nudge gc/mayor - < prompt.md",
            "git diff | agentdeck nudge reviewer")
        { agent, text, force };
        run(verb, async (context, cancellationToken) =>
        {
            var nudge = await ReadTextAsync(context.Get(text), context.Console, cancellationToken);
            return await AgentOperation.RunAsync(context, context.Get(agent)!, new SessionCommand.Nudge(nudge, context.Get(force)), null, cancellationToken);
        });
        return verb;
    }

    private static async Task<string> ReadTextAsync(string? argument, ICliConsole console, CancellationToken cancellationToken)
    {
        if (argument is null && console.IsInputTerminal)
        {
            throw new CliException(ExitCode.Usage, "nudge needs a text: give it after the agent, or - to type it here and end it with Ctrl-D");
        }

        var text = argument is null or "-" ? await ReadAllAsync(console.In, cancellationToken) : argument;
        text = text.ReplaceLineEndings("\n");
        text = text.EndsWith('\n') ? text[..^1] : text;
        return text.Length > 0 ? text : throw new CliException(ExitCode.Usage, "the text is empty: there is nothing to send");
    }

    private static async Task<string> ReadAllAsync(TextReader input, CancellationToken cancellationToken)
    {
        var buffer = new char[LongestText + 1];
        var length = await input.ReadBlockAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken);
        return length <= LongestText
            ? new string(buffer, 0, length)
            : throw new CliException(ExitCode.Usage, $"the text is longer than {LongestText} characters: write it to a file and name the file in the text");
    }
}
