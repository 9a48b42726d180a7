using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>What a command prints, as a stream that fails when the command does. Disposing ends the command.</summary>
/// <param name="command">The command; disposed with this.</param>
internal sealed class CommandOutput(ICommandStream command) : OneWayStream(isRead: true)
{
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
    public override async ValueTask DisposeAsync()
    {
        await command.DisposeAsync();
        await base.DisposeAsync();
    }
}
