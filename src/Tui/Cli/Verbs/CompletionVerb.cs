using System.CommandLine;
using AgentDeck.Tui.Cli.Completion;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck completion</c>: a script that completes verbs, options and the ids of agents.</summary>
internal static class CompletionVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var verb = new Verb(
            "completion",
            "Print a completion script for a shell",
            "source <(agentdeck completion bash)",
            "agentdeck completion zsh > ~/.zfunc/_agentdeck",
            "agentdeck completion fish > ~/.config/fish/completions/agentdeck.fish")
        { shell };
        run(verb, (context, _) =>
        {
            var shapes = CommandShape.Of(context.Arguments.RootCommandResult.Command);
            context.Console.Out.Write(context.Get(shell) switch
            {
                "bash" => BashScript.Write(shapes),
                "zsh" => ZshScript.Write(shapes),
                _ => FishScript.Write(shapes),
            });
            return Task.FromResult(ExitCode.Success);
        });
        return verb;
    }
}
