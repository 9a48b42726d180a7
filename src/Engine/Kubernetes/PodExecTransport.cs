using System.Collections.Concurrent;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>Runs commands in one container of one pod.</summary>
/// <param name="api">The cluster.</param>
/// <param name="container">Where.</param>
/// <param name="prepare">What must be put around a command, for example to run it as another user.</param>
/// <param name="time">The clock.</param>
internal sealed class PodExecTransport(IKubernetesApi api, PodContainer container, Func<CommandSpec, CommandSpec> prepare, TimeProvider time) : IAgentTransport
{
    private readonly ConcurrentDictionary<string, bool> _left = new();

    /// <inheritdoc/>
    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        try
        {
            return command.Terminal is null
                ? await api.ExecAsync(container, prepare(command), cancellationToken)
                : await OpenTerminalAsync(command, cancellationToken);
        }
        catch (KubernetesApiException failure)
        {
            throw KubernetesFailures.ToTransport(failure);
        }
    }

    private async Task<ICommandStream> OpenTerminalAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        // Those whose connection was cut: nobody will come back to them.
        foreach (var old in _left.Keys)
        {
            await HangUpAsync(old);
        }

        var mark = Guid.NewGuid().ToString("N");
        var stream = await api.ExecAsync(container, TerminalHangUp.Marked(prepare(WithTerminalType(command)), mark), cancellationToken);
        return new PodTerminal(stream, () => HangUpAsync(mark));
    }

    private async Task HangUpAsync(string mark)
    {
        _left[mark] = true;
        if (await TerminalHangUp.TryAsync(api, container, mark, time))
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
