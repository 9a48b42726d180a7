using AgentDeck.Engine;
using AgentDeck.Tui.App.Attach;
using AgentDeck.Tui.Terminal.Device;

namespace AgentDeck.Tui.Cli.Verbs;

/// <summary><c>agentdeck attach</c>: the agent's own tmux client on this terminal, without the deck.</summary>
internal static class AttachVerb
{
    /// <summary>Builds the verb.</summary>
    public static Verb Create(VerbRunner run)
    {
        var agent = new AgentArgument();
        var verb = new Verb(
            "attach",
            "Work in an agent's own tmux client until the detach key (detach_key in agents.toml, default ctrl+])",
            "agentdeck attach mayor")
        { agent };
        run(verb, async (context, cancellationToken) =>
        {
            var configuration = context.Configuration.Load();
            if (configuration.Deck.ReadOnly)
            {
                throw new CliException(ExitCode.Failure, "attach types into the agent, which read-only forbids; look at it with: agentdeck peek");
            }

            var detachKey = ConfigurationInput.DetachKeyOf(configuration);
            if (!context.Console.IsOutputTerminal || !context.Console.IsInputTerminal)
            {
                throw new CliException(ExitCode.Usage, "attach needs a terminal; look at the agent with: agentdeck peek");
            }

            var services = context.Services;
            await using var fleet = await context.LookAsync(SourceDepth.ListOnly, cancellationToken);
            var found = await VerbContext.ReachAsync(context.Get(agent)!, fleet, cancellationToken);
            string? reason;
            await using (var host = ScreenHost.Open(services.Environment, services.Time))
            {
                var attach = new AttachRunner(host, fleet.Operations, fleet.Store, services.Time);
                reason = (await attach.RunAsync(found.Id, detachKey, CancellationToken.None)).Notice;
            }

            var name = VerbContext.Plain(found.Id.ToString());
            if (reason is null)
            {
                await context.Console.Out.WriteLineAsync($"detached from {name}; it keeps running");
                return ExitCode.Success;
            }

            await context.Console.Error.WriteLineAsync($"agentdeck: {name}: {VerbContext.Plain(reason)}");
            return ExitCode.Failure;
        });
        return verb;
    }
}
