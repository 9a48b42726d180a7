using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Tmux;

/// <summary>A control-mode client in memory that answers the opening of a link, at once or on demand, and takes no more bytes when told so, as one whose server was stopped.</summary>
internal sealed class StalledTransport : IAgentTransport, ICommandStream
{
    private readonly FakeCommandStream _client = new();
    private readonly TakingStream _input;

    public StalledTransport()
    {
        _input = new TakingStream(this);
    }

    public bool Takes { get; set; } = true;

    public bool Answers { get; init; } = true;

    public bool IsDisposed => _client.IsDisposed;

    public Stream Input => _input;

    public Stream Output => _client.Output;

    public Stream Error => _client.Error;

    public Task<int> ExitCode => _client.ExitCode;

    public ValueTask<ICommandStream> OpenAsync(CommandSpec command, CancellationToken cancellationToken)
    {
        if (Answers)
        {
            Answer();
        }

        return ValueTask.FromResult<ICommandStream>(this);
    }

    /// <summary>Says that the client is attached.</summary>
    public void Answer() => _client.Print("%begin 1 1 0\n%end 1 1 0\n");

    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _client.Exit(0);
        return _client.DisposeAsync();
    }

    private sealed class TakingStream(StalledTransport client) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!client.Takes)
            {
                // A blocking write to a full pipe does not heed its token either.
                await new TaskCompletionSource().Task;
            }

            if (Encoding.UTF8.GetString(buffer.Span).Contains("version", StringComparison.Ordinal))
            {
                client._client.Print("%begin 1 2 1\n3.3a\n%end 1 2 1\n");
            }
        }
    }
}
