using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing;

/// <summary>Programs that answer as the test says; every other program is missing.</summary>
public sealed class FakeCommandRunner : ICommandRunner
{
    /// <summary>What each program prints, whatever its arguments.</summary>
    public Dictionary<string, string> Answers { get; } = new() { ["tmux"] = "tmux 3.3a\n" };

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(CommandSpec command, string? standardInput, TimeSpan timeout, CancellationToken cancellationToken) =>
        Answers.TryGetValue(command.Program, out var answer)
            ? Task.FromResult(new CommandResult(0, answer, ""))
            : throw new TransportException(TransportFault.ProgramMissing, $"{command.Program} was not found");
}
