using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Transports;

/// <summary>A command some of whose exit codes are the word of what started it, not its own.</summary>
/// <param name="stream">The command; disposed with this.</param>
/// <param name="judge">What an exit code stands for; null when it is the command's own.</param>
internal sealed class JudgedStream(ICommandStream stream, Func<int, TransportException?> judge) : ICommandStream
{
    /// <inheritdoc/>
    public Stream Input => stream.Input;

    /// <inheritdoc/>
    public Stream Output => stream.Output;

    /// <inheritdoc/>
    public Stream Error => stream.Error;

    /// <inheritdoc/>
    public Task<int> ExitCode { get; } = JudgeAsync(stream.ExitCode, judge);

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => stream.ResizeAsync(size, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static async Task<int> JudgeAsync(Task<int> ended, Func<int, TransportException?> judge) =>
        await ended is var code && judge(code) is { } failure ? throw failure : code;
}
