using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>Runs commands in one container of one pod.</summary>
/// <param name="api">The cluster.</param>
/// <param name="container">Where.</param>
/// <param name="prepare">What must be put around a command, for example to run it as another user.</param>
internal sealed class PodExecTransport(IKubernetesApi api, PodContainer container, Func<CommandSpec, CommandSpec> prepare) : IAgentTransport
{
    /// <inheritdoc/>
    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ExecAsync(container, prepare(WithTerminalType(command)), cancellationToken);
        }
        catch (KubernetesApiException failure)
        {
            throw KubernetesFailures.ToTransport(failure);
        }
    }

    // The operator's own TERM may be one that the container has no description of.
    private static CommandSpec WithTerminalType(CommandSpec command) => command.Terminal is null ? command : command with
    {
        Program = "env",
        Arguments = ["TERM=xterm-256color", command.Program, .. command.Arguments],
    };
}
