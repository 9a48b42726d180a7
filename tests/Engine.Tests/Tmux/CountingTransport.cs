using System.Collections.Concurrent;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Processes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Tmux;

/// <summary>The local transport, which counts the bytes that commands print and remembers the lines they are sent.</summary>
internal sealed class CountingTransport : IAgentTransport
{
    private readonly LocalTransport _local = new(TimeProvider.System);
    private readonly ConcurrentQueue<string> _lines = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyCollection<string> Lines => _lines;

    public async ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken) =>
        new Counted(await _local.OpenAsync(command, cancellationToken), this);

    private sealed class Counted(ICommandStream inner, CountingTransport owner) : ICommandStream
    {
        public Stream Input { get; } = new RecordedStream(inner.Input, owner);

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

    private sealed class RecordedStream(Stream inner, CountingTransport owner) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner._lines.Enqueue(Encoding.UTF8.GetString(buffer.Span));
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
    }
}
