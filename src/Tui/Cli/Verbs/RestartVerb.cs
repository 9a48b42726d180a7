using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck restart</c>: stops a declared agent and starts it again.</summary>
internal static class RestartVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var yes = AgentOperation.YesOption();
        var verb = new Verb("restart", "Stop an agent that agents.toml declares and start it again", "agentdeck restart clock", "agentdeck restart clock --yes") { agent, yes };
        run(verb, (context, cancellationToken) => AgentOperation.RunAsync(
            context,
            context.Get(agent)!,
            new SessionCommand.Restart(),
            context.Get(yes) ? null : name => $"Restart {name}?",
            cancellationToken));
        return verb;
    }
}
