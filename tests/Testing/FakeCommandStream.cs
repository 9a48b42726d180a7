using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing;

/// <summary>A command in memory: the test prints what it prints and sees what it was given.</summary>
public sealed class FakeCommandStream : ICommandStream
{
    private readonly Pipe _output = new();
    private readonly RecordingStream _input;
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates a command that runs.</summary>
    public FakeCommandStream() => _input = new RecordingStream(() => Changed?.Invoke());

    /// <summary>Something that a test can see changed; raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The sizes that its terminal was told, the first at its start.</summary>
    public ConcurrentQueue<Size> Sizes { get; } = new();

    /// <summary>What happens while its terminal is being told a size.</summary>
    public Action<Size>? Resizing { get; set; }

    /// <summary>Whether it was ended.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>What it was given so far, as UTF-8.</summary>
    public string Typed => _input.Text;

    /// <inheritdoc/>
    public Stream Input => _input;

    /// <inheritdoc/>
    public Stream Output => _output.Reader.AsStream();

    /// <inheritdoc/>
    public Stream Error => Stream.Null;

    /// <inheritdoc/>
    public Task<int> ExitCode => _exit.Task;

    /// <summary>Prints something.</summary>
    public void Print(string text) => _output.Writer.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask().GetAwaiter().GetResult();

    /// <summary>Ends by itself.</summary>
    public void Exit(int code)
    {
        _output.Writer.Complete();
        _exit.TrySetResult(code);
    }

    /// <summary>The stream is cut: what became of the command is unknown.</summary>
    public void Cut(string message) => Fail(new TransportException(TransportFault.Cut, message));

    /// <summary>It has no exit code, for a reason.</summary>
    public void Fail(TransportException failure)
    {
        _exit.TrySetException(failure);
        _output.Writer.Complete();
    }

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken)
    {
        Sizes.Enqueue(size);
        Resizing?.Invoke(size);
        Changed?.Invoke();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        Changed?.Invoke();
        return ValueTask.CompletedTask;
    }

    private sealed class RecordingStream(Action changed) : MemoryStream
    {
        private readonly Lock _gate = new();
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_gate)
                {
                    return _text.ToString();
                }
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            lock (_gate)
            {
                _text.Append(Encoding.UTF8.GetString(buffer.Span));
            }

            changed();
            return ValueTask.CompletedTask;
        }
    }
}
