using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Engine.Processes;

/// <summary>
/// A program that runs on a pseudo-terminal of its own, with the right size from its first byte on. Standard error is part
/// of <see cref="Output"/>. Killed by a signal, its exit code is 128 and the signal's number, as shells have it.
/// </summary>
internal sealed class PtyProcess : ICommandStream
{
    /// <summary>How long a program may take to end after the hang-up before it is killed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly Size DefaultSize = new(80, 24);

    private readonly SafeFileHandle _master;
    private readonly PtyPump _pump;
    private readonly ChildProcess _process;
    private readonly TimeProvider _timeProvider;
    private int _disposed;

    private PtyProcess(SafeFileHandle master, PtyPump pump, ChildProcess process, TimeProvider timeProvider)
    {
        _master = master;
        _pump = pump;
        _process = process;
        _timeProvider = timeProvider;
        Input = new PtyInput(pump);
        Output = pump.Output;
    }

    /// <summary>The process, which leads a session and a process group of the same number.</summary>
    public int ProcessId => _process.Id;

    /// <inheritdoc/>
    public Stream Input { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Error => Stream.Null;

    /// <inheritdoc/>
    public Task<int> ExitCode => _process.ExitCode;

    /// <summary>Starts a command on a terminal of <see cref="CommandSpec.Terminal"/> (80×24 when null).</summary>
    /// <exception cref="TransportException">No terminal was to be had, or the program cannot be started.</exception>
    public static PtyProcess Start(CommandSpec command) => Start(command, TimeProvider.System);

    /// <summary>The same with a clock for the grace period of <see cref="DisposeAsync"/>.</summary>
    /// <exception cref="TransportException">No terminal was to be had, or the program cannot be started.</exception>
    public static PtyProcess Start(CommandSpec command, TimeProvider timeProvider)
    {
        var (master, process) = PtyLauncher.Launch(command with { Terminal = command.Terminal ?? DefaultSize });
        var pty = new PtyProcess(master, new PtyPump(master), process, timeProvider);
        pty._pump.Run();
        return pty;
    }

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken)
    {
        try
        {
            PtyLauncher.Resize(_master, size);
        }
        catch (ObjectDisposedException)
        {
            // The program is gone: nobody is left to tell.
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Sends a signal to the program's process group; does nothing once the program ended.</summary>
    public void Signal(int signal) => _process.SignalGroup(signal);

    /// <summary>Hangs up, waits <see cref="Grace"/>, then kills.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Signal(ProcessNative.Hangup);
        _pump.Dispose();
        if (!await ExitedAsync())
        {
            Signal(ProcessNative.Kill);
            await ExitedAsync();
        }
    }

    private async Task<bool> ExitedAsync()
    {
        try
        {
            await _process.ExitCode.WaitAsync(Grace, _timeProvider);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (TransportException)
        {
            return true;
        }
    }
}
