using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>Runs commands in one container by its runtime's <c>exec</c>. Variables and directory of a command are ignored.</summary>
/// <param name="cli">The runtime.</param>
/// <param name="here">Runs the runtime's program.</param>
/// <param name="container">The container's id.</param>
/// <param name="user">Who runs the commands, or null for the container's own user.</param>
/// <param name="variables">What is set for each, <c>NAME=value</c>.</param>
internal sealed class ContainerExec(ContainerCli cli, IAgentTransport here, string container, string? user, ImmutableArray<string> variables) : IAgentTransport
{
    /// <inheritdoc/>
    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        var stream = await here.OpenAsync(cli.Exec(container, user, variables, command), cancellationToken);
        return command.Terminal is null ? new JudgedStream(stream, code => Judge(code, command.Program)) : stream;
    }

    private static TransportException? Judge(int code, string program) =>
        code is ContainerCli.CannotRun or ContainerCli.NotFound ? new TransportException(TransportFault.ProgramMissing, $"{PlainText.Sanitize(program)} could not be run in the container") : null;
}
