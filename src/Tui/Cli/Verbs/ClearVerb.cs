using AgentDeck.Engine.Domain;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck clear</c>: drops the scrollback of an agent's pane.</summary>
internal static class ClearVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var verb = new Verb("clear", "Drop the scrollback of an agent's pane", "agentdeck clear gc/coder-2") { agent };
        run(verb, (context, cancellationToken) => AgentOperation.RunAsync(context, context.Get(agent)!, new SessionCommand.ClearScrollback(), null, cancellationToken));
        return verb;
    }
}
