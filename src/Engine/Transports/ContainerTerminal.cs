namespace AgentDeck.Engine.Transports;

/// <summary>
/// A command on a terminal in a container. A container runtime keeps the terminal open and lets the command run on when its
/// stream ends: without more a tmux client would stay attached, and a shell wait for ever. Disposing hangs it up.
/// </summary>
/// <param name="stream">The command's stream; disposed with this.</param>
/// <param name="hangUp">Hangs the terminal up; must not fail.</param>
internal sealed class ContainerTerminal(ICommandStream stream, Func<Task> hangUp) : ForwardedStream(stream)
{
    private int _disposed;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        var hasEnded = ExitCode.IsCompletedSuccessfully;
        await base.DisposeAsync();
        if (!hasEnded)
        {
            await hangUp();
        }
    }
}
