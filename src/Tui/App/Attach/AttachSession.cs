using System.Buffers;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.App.Attach;

/// <summary>Connects a lent terminal with an agent's own client until one of them ends or the operator detaches. Needs no deck.</summary>
internal static class AttachSession
{
    private const int ChunkSize = 16 * 1024;
    private const int TailSize = 512;

    // The bytes of one key arrive together; what stays alone this long is no detach key.
    private static readonly TimeSpan KeyTime = TimeSpan.FromMilliseconds(30);

    /// <summary>Runs until it ends. The caller owns terminal and client and disposes both.</summary>
    /// <param name="terminal">The operator's terminal.</param>
    /// <param name="client">The agent's client, opened with the terminal's size.</param>
    /// <param name="detachKey">The key that leaves; see <see cref="DetachKeyFilter"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it from outside.</param>
    public static async Task<AttachResult> RunAsync(
        ITerminalLease terminal,
        ICommandStream client,
        KeyChord detachKey,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var output = ShowAsync(client, terminal, stop.Token);
        var input = TypeAsync(terminal, client, new DetachKeyFilter(detachKey), time, stop.Token);
        var resizes = ResizeAsync(terminal, client, stop.Token);
        var first = await Task.WhenAny(output, input, resizes);
        if (first == resizes)
        {
            // It ends only with the terminal or by a fault that the others see too.
            first = await Task.WhenAny(output, input);
        }

        var result = await (Task<AttachResult>)first;
        await stop.CancelAsync();
        await Task.WhenAll(output, input, resizes).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    private static async Task<AttachResult> ShowAsync(ICommandStream client, ITerminalLease terminal, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkSize];
        var tail = "";
        try
        {
            int read;
            while ((read = await client.Output.ReadAsync(chunk, cancellationToken)) > 0)
            {
                await terminal.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
                tail = Last(tail + Encoding.Latin1.GetString(chunk, Math.Max(0, read - TailSize), Math.Min(read, TailSize)));
            }

            return await EndAsync(client, tail, cancellationToken);
        }
        catch (IOException)
        {
            // A pseudo-terminal whose program ended answers reads with EIO: what became of the client says its exit code alone.
            return await EndAsync(client, tail, cancellationToken);
        }
    }

    private static async Task<AttachResult> EndAsync(ICommandStream client, string tail, CancellationToken cancellationToken)
    {
        try
        {
            return Ended(await client.ExitCode.WaitAsync(cancellationToken), tail);
        }
        catch (TransportException cut)
        {
            return new AttachResult(AttachEnd.Cut, cut.Message);
        }
    }

    // tmux's client says on its last line why it ends, and exits with 0 in both cases.
    private static AttachResult Ended(int code, string tail) =>
        tail.Contains("[detached", StringComparison.Ordinal) ? new AttachResult(AttachEnd.Detached, null)
        : code == 0 ? new AttachResult(AttachEnd.Ended, "its session ended while you were attached")
        : new AttachResult(AttachEnd.Ended, $"its client ended with exit code {code}");

    private static string Last(string text) => text.Length <= TailSize ? text : text[^TailSize..];

    private static async Task<AttachResult> TypeAsync(ITerminalLease terminal, ICommandStream client, DetachKeyFilter filter, TimeProvider time, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkSize];
        var passed = new ArrayBufferWriter<byte>();
        while (true)
        {
            var reading = terminal.ReadAsync(chunk, cancellationToken).AsTask();
            if (filter.HasPartialSequence && await Task.WhenAny(reading, Task.Delay(KeyTime, time, cancellationToken)) != reading)
            {
                filter.Flush(passed);
                await PassOnAsync(client, passed, cancellationToken);
            }

            var read = await reading;
            if (read == 0)
            {
                return new AttachResult(AttachEnd.TerminalClosed, "the terminal went away");
            }

            if (filter.Process(chunk.AsSpan(0, read), passed))
            {
                await PassOnAsync(client, passed, cancellationToken);
                return new AttachResult(AttachEnd.Detached, null);
            }

            await PassOnAsync(client, passed, cancellationToken);
        }
    }

    // When the client is gone its output ends too, and that says why.
    private static async Task PassOnAsync(ICommandStream client, ArrayBufferWriter<byte> passed, CancellationToken cancellationToken)
    {
        if (passed.WrittenCount == 0)
        {
            return;
        }

        try
        {
            await client.Input.WriteAsync(passed.WrittenMemory, cancellationToken);
            await client.Input.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
        }

        passed.ResetWrittenCount();
    }

    // The size is told once more at the start: it may have changed while the client was being opened.
    private static async Task ResizeAsync(ITerminalLease terminal, ICommandStream client, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // First the promise, then the size of now: a change between the two is told twice, never missed.
            var next = terminal.NextResizeAsync(cancellationToken);
            await client.ResizeAsync(ToSize(terminal.Size), cancellationToken);
            await next;
        }
    }

    private static Size ToSize(CellSize size) => new(size.Width, size.Height);
}
