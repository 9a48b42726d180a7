using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Transports;

/// <summary>
/// A command on a terminal in a container. A container runtime keeps the terminal open and lets the command run on when its
/// stream ends: without more a tmux client would stay attached, and a shell wait for ever. Disposing hangs it up.
/// </summary>
/// <param name="stream">The command's stream; disposed with this.</param>
/// <param name="hangUp">Hangs the terminal up; must not fail.</param>
internal sealed class ContainerTerminal(ICommandStream stream, Func<Task> hangUp) : ICommandStream
{
    private int _disposed;

    /// <inheritdoc/>
    public Stream Input => stream.Input;

    /// <inheritdoc/>
    public Stream Output => stream.Output;

    /// <inheritdoc/>
    public Stream Error => stream.Error;

    /// <inheritdoc/>
    public Task<int> ExitCode => stream.ExitCode;

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => stream.ResizeAsync(size, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        var hasEnded = stream.ExitCode.IsCompletedSuccessfully;
        await stream.DisposeAsync();
        if (!hasEnded)
        {
            await hangUp();
        }
    }
}
