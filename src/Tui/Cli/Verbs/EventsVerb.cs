using System.Collections.Immutable;
using System.CommandLine;
using AgentDeck.Engine;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.Cli.Json;
using AgentDeck.Tui.ViewModels;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary>
/// <c>agentdeck events</c>: what happened in the fleet, as the engines on its <c>agents.toml</c> wrote it down. Where none ever did, or while none
/// does, it looks itself and tells what it finds.
/// </summary>
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
            "Print what happened, by the journal of the engines that keep the agents or by a first look where there is none, and with --follow what happens from then on",
            "agentdeck events gc/mayor",
            "agentdeck events --follow",
            "agentdeck events --follow -o json")
        { agent, output, follow };
        run(verb, async (context, cancellationToken) =>
        {
            var time = context.Services.Time;
            Func<FleetEvent, string> lineOf = context.Get(output) == "json" ? FleetJson.WriteLine : happened => LineOf(happened, time);
            var history = context.Configuration.JournalDirectoryOf(context.Configuration.Load()) is { } directory ? new FleetHistory(directory, time) : null;
            var past = Past(history);
            var named = context.Get(agent);
            var only = named is null ? null : KnownBy(named, past);
            if (past.IsEmpty || (named is not null && only is null))
            {
                return await LookAsync(context, named, lineOf, context.Get(follow), withFound: true, cancellationToken);
            }

            foreach (var happened in past.Where(happened => EventStream.IsOf(happened, only)))
            {
                await context.Console.Out.WriteLineAsync(lineOf(happened));
            }

            await context.Console.Out.FlushAsync(cancellationToken);
            if (!context.Get(follow))
            {
                return ExitCode.Success;
            }

            if (!history!.IsKept)
            {
                return await LookAsync(context, named, lineOf, isFollowed: true, withFound: false, cancellationToken);
            }

            await EventStream.PrintAsync(token => history.FollowAsync(past.Max(happened => happened.Seq), token), only, lineOf, context.Console, cancellationToken);
            return ExitCode.Success;
        });
        return verb;
    }

    private static ImmutableArray<FleetEvent> Past(FleetHistory? history)
    {
        try
        {
            return history?.Read() ?? [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failure, $"the journal cannot be read: {failure.Message}");
        }
    }

    private static AgentId? KnownBy(string text, ImmutableArray<FleetEvent> past)
    {
        var unknown = new AgentStatus { Phase = AgentPhase.Unknown, Reason = "", ObservedAt = DateTimeOffset.UnixEpoch, Origin = "" };
        var agents = past.Select(happened => happened.Agent).OfType<AgentId>().Distinct().ToImmutableDictionary(id => id, id => new Agent(id, null, unknown, 0, 0));
        return AgentResolver.Resolve(text, FleetSnapshot.Empty with { Agents = agents }) is AgentResolution.One one ? one.Agent.Id : null;
    }

    private static async Task<int> LookAsync(
        VerbContext context, string? named, Func<FleetEvent, string> lineOf, bool isFollowed, bool withFound, CancellationToken cancellationToken)
    {
        await using var fleet = await context.LookAsync(cancellationToken);
        using var subscription = fleet.Store.Subscribe();
        var printed = 0L;
        var only = named is null ? (AgentId?)null : VerbContext.Find(named, subscription.Initial).Id;
        foreach (var happened in fleet.Store.RecentEvents)
        {
            printed = happened.Seq;
            if (withFound && EventStream.IsOf(happened, only))
            {
                await context.Console.Out.WriteLineAsync(lineOf(happened));
            }
        }

        await context.Console.Out.FlushAsync(cancellationToken);
        var isIncomplete = context.ReportMissing(subscription.Initial);
        if (isFollowed)
        {
            await EventStream.PrintAsync(subscription, printed, only, AgentFilter.Everything, lineOf, context.Console, cancellationToken);
            return ExitCode.Success;
        }

        return isIncomplete ? ExitCode.Unreachable : ExitCode.Success;
    }

    private static string LineOf(FleetEvent happened, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return $"{ClockText.Of(happened.At, now, time.LocalTimeZone.GetUtcOffset(now))}  {FleetEventText.Subject(happened)} {FleetEventText.Describe(happened)}";
    }
}
