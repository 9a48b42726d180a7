using System.CommandLine;
using AgentDeck.Engine;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli;

/// <summary>What the verbs that act on one agent have in common.</summary>
internal static class AgentOperation
{
    /// <summary>An option that answers the question of a verb beforehand.</summary>
    public static Option<bool> YesOption() => new("--yes", "-y") { Description = "Do not ask" };

    /// <summary>Finds the agent, asks if <paramref name="question"/> says so, does it, and tells how it came out.</summary>
    /// <param name="context">The run.</param>
    /// <param name="agentText">The agent as the operator named it.</param>
    /// <param name="command">What to do.</param>
    /// <param name="question">The question to ask first, given the agent's id; null to ask nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<int> RunAsync(
        VerbContext context,
        string agentText,
        SessionCommand command,
        Func<string, string>? question,
        CancellationToken cancellationToken)
    {
        await using var fleet = await context.LookAsync(SourceDepth.ListOnly, cancellationToken);
        var agent = await VerbContext.ReachAsync(agentText, fleet, cancellationToken);
        var snapshot = fleet.Store.Current;
        var name = VerbContext.Plain(agent.Id.ToString());
        if (question is not null && !await Question.AskAsync(context.Console, question(name), cancellationToken))
        {
            await context.Console.Error.WriteLineAsync($"agentdeck: {name} is left as it is");
            return ExitCode.Failure;
        }

        var result = await fleet.Operations.ExecuteAsync(agent.Id, command, cancellationToken);
        if (result.Outcome == OperationOutcome.Succeeded)
        {
            await context.Console.Out.WriteLineAsync($"{name}: {VerbContext.Plain(result.Message)}");
            return ExitCode.Success;
        }

        await context.Console.Error.WriteLineAsync($"agentdeck: {name}: {VerbContext.Plain(result.Message)}");
        return snapshot.SourceOf(agent.Id) is { } source && VerbContext.IsMissing(source) ? ExitCode.Unreachable : ExitCode.Failure;
    }
}
