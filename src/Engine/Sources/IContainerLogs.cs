using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources;

/// <summary>A source whose agents run in containers that have logs. Safe to call from any thread.</summary>
internal interface IContainerLogs
{
    /// <summary>
    /// The log of an agent's container, in pieces as they come; hostile bytes. Each piece is valid until the next is asked for. One
    /// that is followed goes on after a cut, with one line of ours that says so.
    /// </summary>
    /// <exception cref="Transports.TransportException">It cannot be read, or was cut and is not followed.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLogAsync(AgentId agent, LogQuery query, CancellationToken cancellationToken);
}
