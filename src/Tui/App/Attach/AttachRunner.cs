using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Attach;

/// <summary>Attaches from the deck: borrows its terminal, and tells afterwards what the operator should know.</summary>
internal sealed class AttachRunner(IScreenHost host, ISessionOperations operations, IFleetStore store, TimeProvider time)
{
    /// <summary>Attaches to an agent and returns when the operator is back.</summary>
    public async Task<AttachEnded> RunAsync(AgentId agent, KeyChord detachKey, CancellationToken cancellationToken)
    {
        try
        {
            // The client first: where it cannot be opened the deck stays on screen.
            var size = host.Size;
            await using var client = await operations.AttachAsync(agent, new Size(size.Width, size.Height), cancellationToken);
            await using var terminal = await host.LeaseAsync(cancellationToken);
            var result = await AttachSession.RunAsync(terminal, client, detachKey, time, cancellationToken);
            return new AttachEnded(agent, result.Reason ?? Since(agent));
        }
        catch (TransportException failed)
        {
            return new AttachEnded(agent, failed.Message);
        }
        catch (IOException failed)
        {
            return new AttachEnded(agent, failed.Message);
        }
    }

    // An agent whose pane is kept after its end does not end the client.
    private string? Since(AgentId agent) => store.Current.Agents.GetValueOrDefault(agent)?.Status switch
    {
        null => "it is gone",
        { Phase: AgentPhase.Failed, ExitCode: { } code } => $"it ended while you were attached, with exit code {code}",
        { Phase: AgentPhase.Failed or AgentPhase.Completed or AgentPhase.Stopped } => "it ended while you were attached",
        _ => null,
    };
}
