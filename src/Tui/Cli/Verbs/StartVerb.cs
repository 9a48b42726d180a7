using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck start</c>: starts a declared agent.</summary>
internal static class StartVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var yes = AgentOperation.YesOption();
        var verb = new Verb("start", "Start an agent that agents.toml declares", "agentdeck start clock", "agentdeck start clock --yes") { agent, yes };
        run(verb, (context, cancellationToken) => AgentOperation.RunAsync(
            context,
            context.Get(agent)!,
            new SessionCommand.Start(),
            context.Get(yes) ? null : name => $"Start {name}?",
            cancellationToken));
        return verb;
    }
}
