using System.IO.Pipes;
using System.Runtime.InteropServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Engine.Processes;

/// <summary>
/// A child process on three pipes, in a session of its own. Disposing kills this process alone, never what it talks to or has
/// started. Killed by a signal, its exit code is 128 and the signal's number, as shells have it.
/// </summary>
/// <remarks>
/// The child holds the reading end of its own output, too. Should this process be killed, what is still on its way then goes into
/// the pipe instead of failing: a tmux server never lets go of a control client to which it could not write its last bytes,
/// and gathers news for it for ever (tmux 3.3a).
/// </remarks>
internal sealed class PipeProcess : ICommandStream
{
    // More than the last reply of a client in control mode, whose screens take some tens of kilobytes.
    private const int OutputCapacity = 256 * 1024;
    private const int OwnOutput = 3;

    private readonly ChildProcess _process;
    private int _disposed;

    private PipeProcess(ChildProcess process, Stream input, Stream output, Stream error, string name)
    {
        _process = process;
        Input = input;
        Output = ThreadReadStream.Start(output, name);
        Error = ThreadReadStream.Start(error, name);
    }

    /// <inheritdoc/>
    public Stream Input { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Error { get; }

    /// <inheritdoc/>
    public Task<int> ExitCode => _process.ExitCode;

    /// <summary>Starts a command.</summary>
    /// <exception cref="TransportException">It cannot be started.</exception>
    public static PipeProcess Start(CommandSpec command)
    {
        ProcessStart.RequireDirectory(command);
        var (childInput, input) = Pipe(command);
        var (output, childOutput) = Pipe(command);
        var (error, childError) = Pipe(command);
        ProcessNative.Enlarge(output, OutputCapacity);
        try
        {
            var process = ChildLauncher.Launch(
                command,
                [
                    new(0, Number(childInput)),
                    new(1, Number(childOutput)),
                    new(2, Number(childError)),
                    new(OwnOutput, Number(output)),
                ]);
            return new PipeProcess(process, Write(input), Read(output), Read(error), command.Program);
        }
        catch (TransportException)
        {
            input.Dispose();
            output.Dispose();
            error.Dispose();
            throw;
        }
        finally
        {
            childInput.Dispose();
            childOutput.Dispose();
            childError.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _process.Signal(ProcessNative.Kill);
        await ExitCode.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await Input.DisposeAsync();
        await Output.DisposeAsync();
        await Error.DisposeAsync();
    }

    private static (SafeFileHandle Reader, SafeFileHandle Writer) Pipe(CommandSpec command) =>
        ProcessNative.OpenPipe(blocking: true, out var reader, out var writer) == 0
            ? (reader, writer)
            : throw ProcessStart.Failed(command, Marshal.GetLastPInvokeError());

    private static int Number(SafeFileHandle file) => (int)file.DangerousGetHandle();

    private static AnonymousPipeClientStream Read(SafeFileHandle pipe) => new(PipeDirection.In, Hand(pipe));

    private static AnonymousPipeClientStream Write(SafeFileHandle pipe) => new(PipeDirection.Out, Hand(pipe));

    private static SafePipeHandle Hand(SafeFileHandle pipe)
    {
        var handle = new SafePipeHandle(pipe.DangerousGetHandle(), ownsHandle: true);
        pipe.SetHandleAsInvalid();
        return handle;
    }
}
