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
    private const string Gone = "it is gone";

    /// <summary>Attaches to an agent and returns when the operator is back. A client that is cut off is opened again, as long as the agent is the same.</summary>
    public async Task<AttachEnded> RunAsync(AgentId agent, KeyChord detachKey, CancellationToken cancellationToken)
    {
        try
        {
            // The client first: where it cannot be opened the deck stays on screen.
            var before = store.Current.Agents.GetValueOrDefault(agent)?.Status;
            var client = await OpenAsync(agent, cancellationToken);
            try
            {
                await using var terminal = await host.LeaseAsync(cancellationToken);
                var again = new AttachAgain(terminal, detachKey, token => OpenAsync(agent, token), () => WhyNotAgain(agent, before), time);
                while (true)
                {
                    var result = await AttachSession.RunAsync(terminal, client, detachKey, time, cancellationToken);
                    if (result.End != AttachEnd.Cut)
                    {
                        // Why the agent ended says more than how its client did; that it is gone says less.
                        return new AttachEnded(agent, Since(agent) is { } why && (why != Gone || result.Reason is null) ? why : result.Reason);
                    }

                    await client.DisposeAsync();
                    var (opened, end) = await again.RunAsync(result.Reason ?? "", cancellationToken);
                    if (opened is null)
                    {
                        return new AttachEnded(agent, end.Reason);
                    }

                    client = opened;
                }
            }
            finally
            {
                await client.DisposeAsync();
            }
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

    private Task<ICommandStream> OpenAsync(AgentId agent, CancellationToken cancellationToken)
    {
        var size = host.Size;
        return operations.AttachAsync(agent, new Size(size.Width, size.Height), cancellationToken);
    }

    // The same name may be another pod by now, or another run of the container: another session, which nobody asked for.
    private string? WhyNotAgain(AgentId agent, AgentStatus? before)
    {
        var now = store.Current.Agents.GetValueOrDefault(agent)?.Status;
        return Since(agent) is { } ended ? ended
            : now!.Pod?.Uid != before?.Pod?.Uid || now.Restarts != before?.Restarts ? "it was started anew while its connection was lost"
            : null;
    }

    // An agent whose pane is kept after its end does not end the client.
    private string? Since(AgentId agent) => store.Current.Agents.GetValueOrDefault(agent)?.Status switch
    {
        null => Gone,
        { Phase: AgentPhase.Failed, ExitCode: { } code } => $"it ended while you were attached, with exit code {code}",
        { Phase: AgentPhase.Failed or AgentPhase.Completed or AgentPhase.Stopped } => "it ended while you were attached",
        _ => null,
    };
}
