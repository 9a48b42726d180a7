using System.Runtime.InteropServices;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Engine.Processes;

/// <summary>Opens a pseudo-terminal and starts a program on it, in a session of its own whose controlling terminal it is.</summary>
internal static unsafe class PtyLauncher
{
    /// <summary>Starts a command and returns the terminal's master, which never blocks, and the process.</summary>
    /// <exception cref="TransportException">No terminal was to be had, or the program cannot be started.</exception>
    public static (SafeFileHandle Master, ChildProcess Process) Launch(CommandSpec command)
    {
        ProcessStart.RequireDirectory(command);
        var master = OpenMaster(command);
        try
        {
            fixed (byte* slave = SlaveName(command, master))
            {
                // The first terminal that the leader of a new session opens becomes its controlling one.
                return (master, ChildLauncher.Launch(command, [new(0, slave), new(1, 0), new(2, 0)]));
            }
        }
        catch (TransportException)
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>Tells the terminal its size, kept within what a terminal can have.</summary>
    public static void Resize(SafeFileHandle master, Size size) =>
        _ = ProcessNative.SetWindowSize(master, Cells(size.Columns), Cells(size.Rows));

    private static ushort Cells(int count) => (ushort)Math.Clamp(count, 1, short.MaxValue);

    private static SafeFileHandle OpenMaster(CommandSpec command)
    {
        var flags = ProcessNative.ReadWrite | ProcessNative.NoControllingTerminal;
        var master = new SafeFileHandle(
            ProcessNative.OpenMaster(OperatingSystem.IsLinux() ? flags | ProcessNative.CloseOnExecute : flags), ownsHandle: true);
        if (master.IsInvalid || ProcessNative.Grant(master) != 0 || ProcessNative.Unlock(master) != 0
            || ProcessNative.SetCloseOnExecute(master) != 0 || ProcessNative.SetNonBlocking(master) != 0)
        {
            var error = Marshal.GetLastPInvokeErrorMessage();
            master.Dispose();
            throw new TransportException(
                TransportFault.Denied, $"cannot start {command.Program}: no pseudo-terminal is available ({error})");
        }

        if (command.Terminal is { } size)
        {
            Resize(master, size);
        }

        return master;
    }

    private static byte[] SlaveName(CommandSpec command, SafeFileHandle master)
    {
        var name = new byte[256];
        fixed (byte* start = name)
        {
            if (ProcessNative.SlaveName(master, start, (nuint)name.Length) != 0)
            {
                throw new TransportException(
                    TransportFault.Denied, $"cannot start {command.Program}: its pseudo-terminal has no name (is /dev/pts mounted?)");
            }
        }

        return name;
    }
}
