using System.Collections.Immutable;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// One long-lived control-mode client: commands in, replies and notifications out. It changes nothing in the server: it
/// has no size, starts no server and is told no output until asked. Safe to call from any thread.
/// </summary>
internal sealed class TmuxLink : ITmuxClient, IAsyncDisposable
{
    /// <summary>How long a command may go unanswered before the link counts as cut.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    // pause-after: were we stopped while output is on, the server would otherwise keep all of it for minutes.
    private const string ClientFlags = "ignore-size,no-output,pause-after=5";

    private const int ReadSize = 64 * 1024;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ICommandStream _stream;
    private readonly TimeProvider _timeProvider;
    private readonly NotificationQueue _notifications = new();
    private readonly NotificationQueue _output = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Queue<PendingCommand> _pending = new();
    private readonly PendingCommand _attached = new(1);
    private readonly TaskCompletionSource<TmuxLinkEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private string? _exitReason;
    private Task _reading = Task.CompletedTask;
    private int _disposed;

    private TmuxLink(ICommandStream stream, TmuxAddress address, TimeProvider timeProvider)
    {
        _stream = stream;
        _timeProvider = timeProvider;
        Address = address;
    }

    /// <inheritdoc/>
    public TmuxAddress Address { get; }

    /// <summary>The server's version.</summary>
    public TmuxVersion Version { get; private set; }

    /// <summary>How the link ended; never fails.</summary>
    public Task<TmuxLinkEnd> Completion => _completion.Task;

    /// <summary>Attaches a control-mode client and waits until it may be given commands.</summary>
    /// <param name="transport">Where the server is.</param>
    /// <param name="address">Which server.</param>
    /// <param name="target">The session, best by its id (<c>$1</c>); null for whichever the server picks.</param>
    /// <param name="timeProvider">The clock of the deadline.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TmuxException">tmux or the transport refused, or did not answer in time.</exception>
    public static async Task<TmuxLink> OpenAsync(
        IAgentTransport transport, TmuxAddress address, string? target, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var turn = await address.Turns.TakeAsync(cancellationToken);
        TmuxLink? link = null;
        try
        {
            link = new TmuxLink(await StartClientAsync(transport, address, target, cancellationToken), address, timeProvider);
            link._reading = link.ReadAsync();
            await link.AwaitAttachedAsync(cancellationToken);
            var version = await link.ExecuteAsync(TmuxCommandLine.Of("display-message", "-p", "#{version}"), cancellationToken);
            link.Version = TmuxVersion.Parse(version[0].Text);
            turn.Dispose();
            return link;
        }
        catch (OperationCanceledException) when (link is not null)
        {
            _ = link.AbandonAsync(turn);
            throw;
        }
        catch
        {
            if (link is not null)
            {
                await link.CloseAsync();
            }

            turn.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<TmuxReply>> ExecuteAsync(TmuxCommandLine line, CancellationToken cancellationToken)
    {
        var pending = new PendingCommand(line.Count);
        await SendAsync(line, pending, cancellationToken);
        return await AwaitAsync(pending, cancellationToken);
    }

    /// <summary>Everything that the server says on its own, except output; merged while the reader is away. One reader at a time; ends with the link.</summary>
    public IAsyncEnumerable<TmuxNotification> ReadNotificationsAsync(CancellationToken cancellationToken) =>
        _notifications.ReadAsync(cancellationToken);

    /// <summary>Marks of panes that printed, while <c>no-output</c> is lifted; merged. One reader at a time; ends with the link.</summary>
    public IAsyncEnumerable<TmuxNotification.Output> ReadOutputAsync(CancellationToken cancellationToken) =>
        _output.ReadAsync(cancellationToken).OfType<TmuxNotification.Output>();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        End(new TmuxLinkEnd(TmuxLinkEndCause.Closed, ""), goesOnReading: Address.ClientsLinger);
        using var turn = _stream.ExitCode.IsCompleted ? null : await Address.Turns.TakeAsync(CancellationToken.None);
        await CloseAsync();
    }

    private static async Task<ICommandStream> StartClientAsync(IAgentTransport transport, TmuxAddress address, string? target, CancellationToken cancellationToken)
    {
        string[] session = target is null ? [] : ["-t", target];
        try
        {
            // -E: an attaching client would otherwise write its own SSH_AUTH_SOCK, DISPLAY and the like into the session.
            return await transport.OpenAsync(
                address.Client(["-C", "attach-session", "-E", .. session, "-f", ClientFlags]), cancellationToken);
        }
        catch (TransportException failure)
        {
            throw TmuxErrors.ToException(failure, address);
        }
    }

    private async Task AwaitAttachedAsync(CancellationToken cancellationToken)
    {
        var attached = (await AwaitAsync(_attached, cancellationToken))[0];
        if (attached.IsError)
        {
            throw TmuxErrors.ToException(attached.Text, Address);
        }
    }

    // Killing a client that is still making itself known crashes the server (tmux up to 3.6): it is closed once it was answered.
    private async Task AbandonAsync(IDisposable turn)
    {
        using (turn)
        {
            try
            {
                await AwaitAttachedAsync(CancellationToken.None);
            }
            catch (TmuxException)
            {
                // Refused, ended or unanswered: made known by now all the same.
            }

            await CloseAsync();
        }
    }

    private async Task CloseAsync()
    {
        Volatile.Write(ref _disposed, 1);
        End(new TmuxLinkEnd(TmuxLinkEndCause.Closed, ""), goesOnReading: Address.ClientsLinger);
        if (Address.ClientsLinger)
        {
            await LeaveAsync();
        }

        await _stopping.CancelAsync();
        await _stream.DisposeAsync();
        await _reading;
        _stopping.Dispose();
    }

    // An empty line makes the client leave: it has left when its stream ends. One whose stream is closed leaves at some time later.
    private async Task LeaveAsync()
    {
        try
        {
            await _writing.WaitAsync(_stopping.Token).WaitAsync(Farewell, _timeProvider);
            await WriteAsync("\n"u8.ToArray()).WaitAsync(Farewell, _timeProvider);
            await _reading.WaitAsync(Farewell, _timeProvider);
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It has ended already, or does not answer: closing must do.
        }
    }

    private async Task SendAsync(TmuxCommandLine line, PendingCommand pending, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        await _writing.WaitAsync(cancellationToken);
        try
        {
            lock (_gate)
            {
                if (_completion.Task.IsCompleted)
                {
                    throw EndedException();
                }

                _pending.Enqueue(pending);
            }

            // Half a line would put every later answer out of step: once begun, only the end of the link stops it.
            await WriteAsync(bytes).WaitAsync(Deadline, _timeProvider, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            End(new TmuxLinkEnd(TmuxLinkEndCause.Cut, $"no command was taken within {Deadline.TotalSeconds:0} seconds"));
            throw EndedException();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            End(new TmuxLinkEnd(TmuxLinkEndCause.Cut, failure.Message));
            throw EndedException();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await _stream.Input.WriteAsync(bytes, _stopping.Token);
        await _stream.Input.FlushAsync(_stopping.Token);
    }

    private async Task<ImmutableArray<TmuxReply>> AwaitAsync(PendingCommand pending, CancellationToken cancellationToken)
    {
        try
        {
            return await pending.Completion.WaitAsync(Deadline, _timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            End(new TmuxLinkEnd(TmuxLinkEndCause.Cut, $"no answer within {Deadline.TotalSeconds:0} seconds"));
            throw EndedException();
        }
    }

    private async Task ReadAsync()
    {
        var parser = new ControlModeParser(OnReply, OnNotification);
        var errors = BoundedText.ReadAsync(_stream.Error, _stopping.Token);
        var buffer = new byte[ReadSize];
        try
        {
            int count;
            while ((count = await _stream.Output.ReadAsync(buffer, _stopping.Token)) > 0)
            {
                parser.Feed(buffer.AsSpan(0, count));
                if (parser.IsOutOfStep)
                {
                    End(new TmuxLinkEnd(TmuxLinkEndCause.Cut, "the answers of the server are out of step"));
                    return;
                }
            }

            End(await ExplainAsync(await errors));
        }
        catch (TransportException failure)
        {
            End(new TmuxLinkEnd(TmuxLinkEndCause.Cut, failure.Message) { Fault = TmuxErrors.Classify(failure.Fault) });
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or OperationCanceledException)
        {
            End(new TmuxLinkEnd(TmuxLinkEndCause.Cut, failure.Message));
        }
    }

    private async Task<TmuxLinkEnd> ExplainAsync(string errors)
    {
        // A transport that lost the command says so here.
        await _stream.ExitCode.WaitAsync(_stopping.Token);
        var reason = _exitReason ?? errors.Trim();
        return TmuxErrors.Classify(reason) == TmuxFault.ServerGone
            ? new TmuxLinkEnd(TmuxLinkEndCause.ServerGone, reason)
            : _exitReason is null && errors.Length == 0
                ? new TmuxLinkEnd(TmuxLinkEndCause.Cut, "the stream ended without a word")
                : new TmuxLinkEnd(TmuxLinkEndCause.Exited, reason);
    }

    private void OnReply(TmuxReply reply)
    {
        lock (_gate)
        {
            // Flags 0: the attach itself, or a command that a hook or another client ran on our behalf.
            if (reply.Flags == 0)
            {
                if (!_attached.Completion.IsCompleted)
                {
                    _attached.Add(reply);
                }
            }
            else if (_pending.TryPeek(out var first) && first.Add(reply))
            {
                _pending.Dequeue();
            }
        }
    }

    private void OnNotification(TmuxNotification notification)
    {
        switch (notification)
        {
            case TmuxNotification.Output:
                _output.Add(notification);
                break;
            case TmuxNotification.Exited exited:
                _exitReason = exited.Reason;
                break;
            case TmuxNotification.Unknown:
                break;
            default:
                _notifications.Add(notification);
                break;
        }
    }

    private void End(TmuxLinkEnd end, bool goesOnReading = false)
    {
        PendingCommand[] waiting;
        lock (_gate)
        {
            if (!_completion.TrySetResult(end))
            {
                return;
            }

            waiting = [.. _pending, _attached];
            _pending.Clear();
        }

        var reason = EndedException();
        foreach (var pending in waiting)
        {
            pending.Fail(reason);
        }

        _notifications.Complete();
        _output.Complete();
        if (!goesOnReading)
        {
            _stopping.Cancel();
        }
    }

    private TmuxException EndedException()
    {
        var end = _completion.Task.GetAwaiter().GetResult();
        var fault = end.Cause switch
        {
            TmuxLinkEndCause.ServerGone => TmuxFault.ServerGone,
            TmuxLinkEndCause.Exited => TmuxErrors.Classify(end.Reason),
            _ => end.Fault ?? TmuxFault.Cut,
        };
        return new TmuxException(
            fault == TmuxFault.Refused ? TmuxFault.Cut : fault, $"tmux on {Address}: the control stream ended: {Describe(end)}");
    }

    private static string Describe(TmuxLinkEnd end) =>
        end.Reason.Length > 0 ? PlainText.Sanitize(end.Reason, 300) : end.Cause switch
        {
            TmuxLinkEndCause.Closed => "it was closed here",
            TmuxLinkEndCause.Exited => "its session ended or it was detached",
            TmuxLinkEndCause.ServerGone => "the server died",
            TmuxLinkEndCause.Cut => "it was cut",
            _ => throw new ArgumentOutOfRangeException(nameof(end), end, "unknown end"),
        };
}
