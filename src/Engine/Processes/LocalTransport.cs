using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>Runs commands on this machine, on pipes or on a pseudo-terminal of their own.</summary>
internal sealed class LocalTransport(TimeProvider timeProvider) : IAgentTransport
{
    /// <inheritdoc/>
    public ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ICommandStream stream = command.Terminal is null ? PipeProcess.Start(command) : PtyProcess.Start(command, timeProvider);
        return ValueTask.FromResult(stream);
    }
}
