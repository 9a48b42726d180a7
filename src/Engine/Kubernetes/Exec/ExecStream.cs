using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes.Http;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes.Exec;

/// <summary>
/// A command in a container behind a WebSocket. What it prints waits here until it is read, 256 KiB a stream at most; then the
/// command waits, so both streams must be read; behind output that nobody reads for half a minute no answer to a ping arrives, and the
/// stream counts as cut. With v4 closing the input does nothing: that version cannot say it.
/// </summary>
internal sealed class ExecStream : ICommandStream
{
    private const int LongestStatus = 64 * 1024;
    private static readonly PipeOptions Bounded = new(pauseWriterThreshold: 256 * 1024, resumeWriterThreshold: 128 * 1024, useSynchronizationContext: false);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly PodContainer _container;
    private readonly CommandSpec _command;
    private readonly TimeProvider _time;
    private readonly bool _canClose;
    private readonly string _server;
    private readonly Pipe _output = new(Bounded);
    private readonly Pipe _error = new(Bounded);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _receiving = Task.CompletedTask;
    private int _disposed;

    /// <summary>Takes over an open socket.</summary>
    public ExecStream(WebSocket socket, PodContainer container, CommandSpec command, bool canClose, string server, TimeProvider time)
    {
        (_socket, _container, _command, _canClose, _server, _time) = (socket, container, command, canClose, server, time);
        ApiLoad.NoteOpened(server);
        Input = new ExecInput(this);
        Output = _output.Reader.AsStream();
        Error = _error.Reader.AsStream();
    }

    /// <inheritdoc/>
    public Stream Input { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Error { get; }

    /// <inheritdoc/>
    public Task<int> ExitCode => _exit.Task;

    /// <summary>Tells the size of the terminal and begins to read.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _receiving = ReceiveAsync();
        if (_command.Terminal is { } size)
        {
            await ResizeAsync(size, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ResizeAsync(Size size, CancellationToken cancellationToken)
    {
        if (_command.Terminal is not null)
        {
            await SendAsync(ExecChannel.Resize, Encoding.ASCII.GetBytes($"{{\"Width\":{size.Columns},\"Height\":{size.Rows}}}"), cancellationToken);
        }
    }

    /// <summary>Sends one message.</summary>
    /// <exception cref="IOException">The stream is at its end.</exception>
    public async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        // In one frame: servers of old versions know no fragments.
        var message = ArrayPool<byte>.Shared.Rent(data.Length + 1);
        try
        {
            message[0] = channel;
            data.Span.CopyTo(message.AsSpan(1));
            await _sending.WaitAsync(cancellationToken);
            try
            {
                await _socket.SendAsync(message.AsMemory(0, data.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception failure) when (failure is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException($"the stream to {_container} is at its end", failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Ends the command's input, where the protocol can.</summary>
    public async ValueTask CloseInputAsync()
    {
        if (_canClose && !_exit.Task.IsCompleted)
        {
            try
            {
                await SendAsync(ExecChannel.Close, new[] { ExecChannel.Input }, _ended.Token);
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                // It has ended anyway.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        ApiLoad.NoteClosed(_server);

        // Politely if the line is free, so that the kubelet ends the command at once; without waiting for an answer.
        if (!_exit.Task.IsCompleted && _sending.Wait(0))
        {
            using var patience = new CancellationTokenSource(Farewell, _time);
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
            catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or InvalidOperationException)
            {
                // Nobody hears it.
            }
            finally
            {
                _sending.Release();
            }
        }

        await _ended.CancelAsync();
        _socket.Abort();
        _output.Reader.CancelPendingRead();
        await _receiving;
        _socket.Dispose();
        _ended.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        var status = new MemoryStream();
        var spoke = false;
        try
        {
            var channel = -1;
            while (true)
            {
                var message = await _socket.ReceiveAsync(buffer.AsMemory(), _ended.Token);
                if (message.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                var data = buffer.AsMemory(0, message.Count);
                if (channel < 0 && data.Length > 0)
                {
                    channel = data.Span[0];
                    data = data[1..];
                }

                spoke |= channel is ExecChannel.Output or ExecChannel.Error && data.Length > 0;
                await DeliverAsync(channel, data, status);
                if (message.EndOfMessage)
                {
                    channel = -1;
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // A stream may end without a farewell; what the status channel said decides.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        Finish(status, spoke);
        await _output.Writer.CompleteAsync();
        await _error.Writer.CompleteAsync();
    }

    private async ValueTask DeliverAsync(int channel, ReadOnlyMemory<byte> data, MemoryStream status)
    {
        switch (channel)
        {
            case ExecChannel.Output when data.Length > 0:
                await _output.Writer.WriteAsync(data, _ended.Token);
                break;
            case ExecChannel.Error when data.Length > 0:
                await _error.Writer.WriteAsync(data, _ended.Token);
                break;
            case ExecChannel.Status when status.Length + data.Length <= LongestStatus:
                status.Write(data.Span);
                break;
            default:
                break;
        }
    }

    private void Finish(MemoryStream status, bool spoke)
    {
        try
        {
            _exit.TrySetResult(ExecResult.ExitCode(ApiStatus.Parse(status.ToArray()), spoke, _command.Program, _container));
        }
        catch (TransportException failure)
        {
            _exit.TrySetException(failure);
            _ = _exit.Task.Exception; // Whoever does not ask for the exit code is not told of it either.
        }
    }
}
