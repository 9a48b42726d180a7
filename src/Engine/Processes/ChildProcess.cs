using System.Runtime.InteropServices;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>
/// A child that leads a session and a process group of its own. Killed by a signal, its exit code is 128 and the signal's
/// number, as shells have it.
/// </summary>
internal sealed class ChildProcess
{
    private const int StackSize = 128 * 1024;

    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _reaped;

    /// <summary>Takes over a process that this one has started.</summary>
    public ChildProcess(int id)
    {
        Id = id;
        new Thread(AwaitExit, StackSize) { IsBackground = true, Name = "child exit" }.Start();
    }

    /// <summary>Its number, which is that of its group and session, too.</summary>
    public int Id { get; }

    /// <summary>Ends with its exit code, or with a <see cref="TransportException"/> if somebody else waited for it.</summary>
    public Task<int> ExitCode => _exit.Task;

    /// <summary>Sends a signal to the process; does nothing once it ended.</summary>
    public void Signal(int signal) => Signal(Id, signal);

    /// <summary>Sends a signal to its whole process group; does nothing once the process ended.</summary>
    public void SignalGroup(int signal) => Signal(-Id, signal);

    private void Signal(int target, int signal)
    {
        // Until it is reaped its number cannot be given to another process.
        lock (_gate)
        {
            if (!_reaped)
            {
                _ = ProcessNative.SendSignal(target, signal);
            }
        }
    }

    // The runtime reaps only processes that it started itself, so this child is ours to wait for.
    private unsafe void AwaitExit()
    {
        var information = stackalloc byte[ProcessNative.OpaqueSize];
        while (ProcessNative.WaitForExit(
                   ProcessNative.WaitForPid, Id, information, ProcessNative.WaitExited | ProcessNative.WaitWithoutReaping) != 0
               && Marshal.GetLastPInvokeError() == ProcessNative.Interrupted)
        {
        }

        int status;
        int reaped;
        lock (_gate)
        {
            reaped = ProcessNative.Reap(Id, &status, 0);
            _reaped = true;
        }

        if (reaped != Id)
        {
            _exit.TrySetException(new TransportException(
                TransportFault.Cut, $"the exit code of process {Id} is unknown: somebody else waited for it"));
            return;
        }

        var signal = status & 0x7f;
        _exit.TrySetResult(signal == 0 ? status >> 8 & 0xff : 128 + signal);
    }
}
