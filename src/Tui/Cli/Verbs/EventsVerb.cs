using System.CommandLine;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Cli.Json;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck events</c>: what happens in the fleet. It sees what happens while it runs, and what it found when it began.</summary>
internal static class EventsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument { Arity = ArgumentArity.ZeroOrOne };
        agent.Description += "; without it all agents and sources";
        var output = new Option<string?>("--output", "-o") { Description = "text|json", HelpName = "FORMAT" };
        output.AcceptOnlyFromAmong("text", "json");
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until interrupted" };
        var verb = new Verb(
            "events",
            "Print what is found on the first look, and with --follow what happens from then on",
            "agentdeck events gc/mayor",
            "agentdeck events --follow",
            "agentdeck events --follow -o json")
        { agent, output, follow };
        run(verb, async (context, cancellationToken) =>
        {
            Func<FleetEvent, string> lineOf = context.Get(output) == "json" ? FleetJson.WriteLine : happened => LineOf(happened, context.Services.Time);
            await using var fleet = await context.LookAsync(cancellationToken);
            using var subscription = fleet.Store.Subscribe();
            var printed = 0L;
            var only = context.Get(agent) is { } text ? VerbContext.Find(text, subscription.Initial).Id : (AgentId?)null;
            foreach (var happened in fleet.Store.RecentEvents.Where(happened => EventStream.IsOf(happened, only)))
            {
                printed = happened.Seq;
                await context.Console.Out.WriteLineAsync(lineOf(happened));
            }

            await context.Console.Out.FlushAsync(cancellationToken);
            var isIncomplete = context.ReportMissing(subscription.Initial);
            if (context.Get(follow))
            {
                await EventStream.PrintAsync(subscription, printed, only, AgentFilter.Everything, lineOf, context.Console, cancellationToken);
                return ExitCode.Success;
            }

            return isIncomplete ? ExitCode.Unreachable : ExitCode.Success;
        });
        return verb;
    }

    private static string LineOf(FleetEvent happened, TimeProvider time) =>
        $"{TimeZoneInfo.ConvertTime(happened.At, time.LocalTimeZone):HH:mm:ss}  {FleetEventText.Subject(happened)} {FleetEventText.Describe(happened)}";
}
