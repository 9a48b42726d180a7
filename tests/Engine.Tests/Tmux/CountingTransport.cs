using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Tmux;

/// <summary>The local transport, which counts the bytes that commands print.</summary>
internal sealed class CountingTransport : IAgentTransport
{
    private readonly LocalTransport _local = new(TimeProvider.System);
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken) =>
        new Counted(await _local.OpenAsync(command, cancellationToken), this);

    private sealed class Counted(ICommandStream inner, CountingTransport owner) : ICommandStream
    {
        public Stream Input => inner.Input;

        public Stream Output { get; } = new CountedStream(inner.Output, owner);

        public Stream Error => inner.Error;

        public Task<int> ExitCode => inner.ExitCode;

        public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => inner.ResizeAsync(size, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class CountedStream(Stream inner, CountingTransport owner) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref owner._count, count);
            return count;
        }
    }
}
