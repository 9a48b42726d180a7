using System.Collections.Concurrent;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Tmux;

/// <summary>The tmux of this machine behind a script that refuses what came with 3.2, in the words of 3.1.</summary>
internal sealed class OldTmux : IAgentTransport, ICommandRunner
{
    private const string Script = """
        for argument in "$@"; do
          case "$argument" in
            -N) echo "tmux: unknown option -- N" >&2; echo "usage: tmux [-2CluvV] [-c shell-command] [-f file]" >&2; exit 1 ;;
          esac
        done
        exec tmux "$@"
        """;

    private readonly LocalTransport _transport = new(TimeProvider.System);
    private readonly LocalCommandRunner _runner = new(TimeProvider.System);

    /// <summary>The commands that were run and not only tried.</summary>
    public ConcurrentQueue<CommandSpec> Run { get; } = new();

    /// <summary>The same command with the old tmux, where it is one of tmux.</summary>
    public static CommandSpec InPlaceOf(CommandSpec command) =>
        command.Program == "tmux" ? command with { Program = "sh", Arguments = ["-c", Script, "tmux", .. command.Arguments] } : command;

    public ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken) =>
        _transport.OpenAsync(InPlaceOf(command), cancellationToken);

    public Task<CommandResult> RunAsync(CommandSpec command, string? standardInput, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Run.Enqueue(command);
        return _runner.RunAsync(InPlaceOf(command), standardInput, timeout, cancellationToken);
    }
}
