using System.CommandLine;
using System.Globalization;
using AgentDeck.Engine;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Running;
using AgentDeck.Tui.Cli.Output;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck logs</c>: the log of an agent's container.</summary>
internal static class LogsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what comes, until the container ends or until interrupted" };
        var previous = new Option<bool>("--previous", "-p") { Description = "The log of the container before its last restart" };
        var tail = new Option<int?>("--tail") { Description = "Begin with the last N lines instead of the first", HelpName = "N" };
        tail.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number < 0)
            {
                result.AddError("--tail must not be negative");
            }
        });
        var verb = new Verb(
            "logs",
            "Print the log of an agent's container; escape sequences and secrets are taken out",
            "agentdeck logs mayor --tail 100",
            "agentdeck logs mayor --follow",
            "agentdeck logs mayor --previous")
        { agent, follow, previous, tail };
        run(verb, async (context, cancellationToken) =>
        {
            await using var fleet = await context.LookAsync(SourceDepth.ListOnly, cancellationToken);
            var found = VerbContext.Find(context.Get(agent)!, fleet.Store.Current);
            var pieces = fleet.Operations.ReadLogAsync(found.Id, new LogQuery(context.Get(follow), context.Get(previous), context.Get(tail)), cancellationToken);
            await foreach (var lines in LogText.ReadAsync(pieces, cancellationToken))
            {
                await context.Console.Out.WriteAsync(PlainLines.Of(lines));
                await context.Console.Out.FlushAsync(cancellationToken);
            }

            return ExitCode.Success;
        });
        return verb;
    }
}
