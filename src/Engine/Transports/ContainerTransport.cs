using System.Collections.Concurrent;

namespace AgentDeck.Engine.Transports;

/// <summary>Runs commands in a container, and hangs up the terminals that its runtime would keep open.</summary>
/// <param name="exec">Runs a command there as it is.</param>
/// <param name="prepare">What must be put around a command, for example to run it as another user.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerTransport(IAgentTransport exec, Func<CommandSpec, CommandSpec> prepare, TimeProvider time) : IAgentTransport
{
    private readonly ConcurrentDictionary<string, bool> _left = new();

    /// <inheritdoc/>
    public ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken) =>
        command.Terminal is null ? exec.OpenAsync(prepare(command), cancellationToken) : OpenTerminalAsync(command, cancellationToken);

    private async ValueTask<ICommandStream> OpenTerminalAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        // Those whose connection was cut: nobody will come back to them.
        foreach (var old in _left.Keys)
        {
            await HangUpAsync(old);
        }

        var mark = Guid.NewGuid().ToString("N");
        var stream = await exec.OpenAsync(TerminalHangUp.Marked(prepare(WithTerminalType(command)), mark), cancellationToken);
        return new ContainerTerminal(stream, () => HangUpAsync(mark));
    }

    private async Task HangUpAsync(string mark)
    {
        _left[mark] = true;
        if (await TerminalHangUp.TryAsync(exec, mark, time))
        {
            _left.TryRemove(mark, out _);
        }
    }

    // The operator's own TERM may be one that the container has no description of.
    private static CommandSpec WithTerminalType(CommandSpec command) => command with
    {
        Program = "env",
        Arguments = ["TERM=xterm-256color", command.Program, .. command.Arguments],
    };
}
