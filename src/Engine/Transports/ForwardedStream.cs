using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Transports;

/// <summary>A command of which something else is made to happen; whatever is not overridden is the command's own.</summary>
/// <param name="stream">The command; disposed with this.</param>
internal abstract class ForwardedStream(ICommandStream stream) : ICommandStream
{
    /// <inheritdoc/>
    public Stream Input => stream.Input;

    /// <inheritdoc/>
    public Stream Output => stream.Output;

    /// <inheritdoc/>
    public Stream Error => stream.Error;

    /// <inheritdoc/>
    public virtual Task<int> ExitCode => stream.ExitCode;

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => stream.ResizeAsync(size, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => stream.DisposeAsync();
}
