namespace AgentDeck.Engine.Transports;

/// <summary>Opens byte streams to commands near an agent. All that differs between runtimes is behind this.</summary>
public interface IAgentTransport
{
    /// <summary>Starts a command.</summary>
    /// <exception cref="TransportException">It could not be started.</exception>
    ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken);
}
