namespace AgentDeck.Engine.Transports;

/// <summary>Runs short commands near an agent and waits for their end. Safe to call from any thread.</summary>
public interface ICommandRunner
{
    /// <summary>Runs a command on pipes.</summary>
    /// <param name="command">The command; <see cref="CommandSpec.Terminal"/> is ignored.</param>
    /// <param name="standardInput">What it reads, or null for an empty input.</param>
    /// <param name="timeout">How long it may take; it is killed after that.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>What it printed, whatever its exit code.</returns>
    /// <exception cref="TransportException">It could not be started or did not end in time.</exception>
    Task<CommandResult> RunAsync(CommandSpec command, string? standardInput, TimeSpan timeout, CancellationToken cancellationToken);
}
