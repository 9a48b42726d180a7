using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck stop</c>: interrupts an agent, waits the grace period, then kills it.</summary>
internal static class StopVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var yes = AgentOperation.YesOption();
        var verb = new Verb("stop", "Interrupt an agent, give it time to end, then kill it", "agentdeck stop clock", "agentdeck stop clock --yes") { agent, yes };
        run(verb, (context, cancellationToken) => AgentOperation.RunAsync(
            context,
            context.Get(agent)!,
            new SessionCommand.Stop(),
            context.Get(yes) ? null : name => $"Stop {name}?",
            cancellationToken));
        return verb;
    }
}
