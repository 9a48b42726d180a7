using System.Runtime.InteropServices;
using AgentDeck.Tui.Terminal.Device;

namespace AgentDeck.Tui.Cli;

/// <summary>
/// A file descriptor as a stream that says when its reader is gone. The stream of the base library hides that and switches
/// the terminal to application keys, which nobody undoes; a file stream would write at an offset of its own and so
/// overwrite what other programs append to the same file.
/// </summary>
/// <param name="descriptor">1 or 2.</param>
/// <param name="tellsWhenClosed">Whether a reader that is gone is an <see cref="OutputClosedException"/>; else what is written is lost.</param>
internal sealed class StandardOutput(int descriptor, bool tellsWhenClosed) : Stream
{
    /// <summary>Where data goes.</summary>
    public const int Data = TerminalNative.StandardOutput;

    /// <summary>Where messages go.</summary>
    public const int Messages = 2;

    private const int InputOutputError = 5;
    private const int BrokenPipe = 32;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Blocks until nobody reads any more. Never returns for a file. Call it on a thread of its own.</summary>
    public static void WaitUntilClosed()
    {
        while (Poll(Data, wanted: 0) < 0 && Marshal.GetLastPInvokeError() == TerminalNative.Interrupted)
        {
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = TryWrite(buffer);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            // A terminal that hung up answers EIO.
            if (error is BrokenPipe or InputOutputError)
            {
                if (tellsWhenClosed)
                {
                    throw new OutputClosedException();
                }

                return;
            }

            if (error == TerminalNative.TryAgain)
            {
                // Another program that shares the descriptor may have made it non-blocking.
                _ = Poll(descriptor, TerminalNative.PollOut);
            }
            else if (error != TerminalNative.Interrupted)
            {
                throw new IOException($"cannot write to standard output: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private unsafe nint TryWrite(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return TerminalNative.Write(descriptor, start, (nuint)buffer.Length);
        }
    }

    private static unsafe int Poll(int descriptor, short wanted)
    {
        var entry = new TerminalNative.PollEntry { Descriptor = descriptor, Wanted = wanted };
        return TerminalNative.Poll(&entry, 1, -1);
    }
}
