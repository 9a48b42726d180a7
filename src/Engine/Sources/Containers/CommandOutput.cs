using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>What a command prints, as a stream that fails when the command does. Disposing ends the command.</summary>
/// <param name="command">The command; disposed with this.</param>
internal sealed class CommandOutput(ICommandStream command) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await command.Output.ReadAsync(buffer, cancellationToken);
        if (count == 0 && buffer.Length > 0 && await command.ExitCode.WaitAsync(cancellationToken) is not 0 and var code)
        {
            throw new IOException($"it ended with exit code {code}");
        }

        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await command.DisposeAsync();
        await base.DisposeAsync();
    }
}
