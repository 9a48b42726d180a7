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
        return command.Terminal is null ? new Running(stream, command.Program) : stream;
    }

    private sealed class Running(ICommandStream stream, string program) : ICommandStream
    {
        public Stream Input => stream.Input;

        public Stream Output => stream.Output;

        public Stream Error => stream.Error;

        public Task<int> ExitCode { get; } = JudgeAsync(stream.ExitCode, program);

        public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => stream.ResizeAsync(size, cancellationToken);

        public ValueTask DisposeAsync() => stream.DisposeAsync();

        private static async Task<int> JudgeAsync(Task<int> ended, string program) =>
            await ended is var code && code is not (ContainerCli.CannotRun or ContainerCli.NotFound)
                ? code
                : throw new TransportException(TransportFault.ProgramMissing, $"{PlainText.Sanitize(program)} could not be run in the container");
    }
}
