using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Operations;

/// <summary>The engine's second door: everything that acts on an agent. Safe to call from any thread.</summary>
public interface ISessionOperations
{
    /// <summary>
    /// Does what the operator asked and returns when the outcome was observed. Expected failures are results, never
    /// exceptions. Operations on one agent are done one after the other; agents do not wait for each other. A start, stop or restart is a
    /// request: it is carried out even if the caller gives up waiting, and a later one changes it.
    /// </summary>
    Task<OperationResult> ExecuteAsync(AgentId agent, SessionCommand command, CancellationToken cancellationToken);

    /// <summary>Opens the agent's own tmux client (or a shell where it has no tmux) on a terminal of <paramref name="size"/>.</summary>
    /// <exception cref="TransportException">It could not be opened.</exception>
    Task<ICommandStream> AttachAsync(AgentId agent, Size size, CancellationToken cancellationToken);

    /// <summary>The processes of the agent's session, as <c>ps</c> there prints them; for the details view.</summary>
    /// <exception cref="TransportException">They could not be read.</exception>
    Task<string> ListProcessesAsync(AgentId agent, CancellationToken cancellationToken);

    /// <summary>
    /// The log of the agent's container, in pieces as they come. Hostile: parse it, never print it; not redacted. Each piece is
    /// valid until the next is asked for. One that is followed goes on after a cut, with one line of ours that says so.
    /// </summary>
    /// <exception cref="TransportException">There is none, it cannot be read, or it was cut; thrown while it is enumerated or before.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLogAsync(AgentId agent, LogQuery query, CancellationToken cancellationToken);
}
