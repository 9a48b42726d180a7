using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck interrupt</c>: presses an agent's own interrupt key once.</summary>
internal static class InterruptVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var verb = new Verb("interrupt", "Press an agent's interrupt key once", "agentdeck interrupt gc/coder-2") { agent };
        run(verb, (context, cancellationToken) => AgentOperation.RunAsync(context, context.Get(agent)!, new SessionCommand.Interrupt(), null, cancellationToken));
        return verb;
    }
}
