using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Engine.Processes;

/// <summary>Opens a pseudo-terminal and starts a program on it, in a session of its own whose controlling terminal it is.</summary>
internal static unsafe class PtyLauncher
{
    /// <summary>Starts a command and returns the terminal's master, which never blocks, and the process.</summary>
    /// <exception cref="TransportException">No terminal was to be had, or the program cannot be started.</exception>
    public static (SafeFileHandle Master, int Process) Launch(CommandSpec command)
    {
        if (command.Directory is { } directory && !Directory.Exists(directory))
        {
            throw new TransportException(
                TransportFault.ProgramMissing, $"cannot start {command.Program}: the directory {directory} does not exist");
        }

        var master = OpenMaster(command);
        try
        {
            return (master, Spawn(command, SlaveName(command, master)));
        }
        catch (TransportException)
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>Tells the terminal its size, kept within what a terminal can have.</summary>
    public static void Resize(SafeFileHandle master, Size size) =>
        _ = PtyNative.SetWindowSize(master, Cells(size.Columns), Cells(size.Rows));

    private static ushort Cells(int count) => (ushort)Math.Clamp(count, 1, short.MaxValue);

    private static SafeFileHandle OpenMaster(CommandSpec command)
    {
        var flags = PtyNative.ReadWrite | PtyNative.NoControllingTerminal;
        var master = new SafeFileHandle(
            PtyNative.OpenMaster(OperatingSystem.IsLinux() ? flags | PtyNative.CloseOnExecute : flags), ownsHandle: true);
        if (master.IsInvalid || PtyNative.Grant(master) != 0 || PtyNative.Unlock(master) != 0
            || PtyNative.SetCloseOnExecute(master) != 0 || PtyNative.SetNonBlocking(master) != 0)
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
            if (PtyNative.SlaveName(master, start, (nuint)name.Length) != 0)
            {
                throw new TransportException(
                    TransportFault.Denied, $"cannot start {command.Program}: its pseudo-terminal has no name (is /dev/pts mounted?)");
            }
        }

        return name;
    }

    private static int Spawn(CommandSpec command, byte[] slave)
    {
        using var arguments = new NativeStrings([command.Program, .. command.Arguments]);
        using var environment = new NativeStrings(EnvironmentOf(command));
        using var directory = new NativeStrings(command.Directory is { } path ? [path] : []);
        var attributes = stackalloc byte[PtyNative.OpaqueSize];
        var actions = stackalloc byte[PtyNative.OpaqueSize];
        var signals = stackalloc byte[PtyNative.OpaqueSize];
        _ = PtyNative.InitializeAttributes(attributes);
        _ = PtyNative.InitializeActions(actions);
        try
        {
            // Our runtime ignores SIGPIPE and blocks signals in its threads: programs must inherit neither.
            _ = PtyNative.SetFlags(attributes, PtyNative.SpawnFlags);
            _ = PtyNative.EmptySignals(signals);
            _ = PtyNative.SetSignalMask(attributes, signals);
            _ = PtyNative.FillSignals(signals);
            _ = PtyNative.RemoveSignal(signals, PtyNative.Kill);
            _ = PtyNative.RemoveSignal(signals, PtyNative.Stop);
            _ = PtyNative.SetDefaultSignals(attributes, signals);

            // The new session comes before the file actions; the first terminal that its leader opens becomes the controlling one.
            fixed (byte* name = slave)
            {
                _ = PtyNative.AddOpen(actions, 0, name, PtyNative.ReadWrite, 0);
            }

            _ = PtyNative.AddDuplicate(actions, 0, 1);
            _ = PtyNative.AddDuplicate(actions, 0, 2);
            if (command.Directory is not null)
            {
                _ = PtyNative.AddDirectory(actions, directory.Array[0]);
            }

            int process;
            var error = PtyNative.Spawn(&process, arguments.Array[0], actions, attributes, arguments.Array, environment.Array);
            return error == 0 ? process : throw Failure(command, error);
        }
        finally
        {
            _ = PtyNative.DestroyActions(actions);
            _ = PtyNative.DestroyAttributes(attributes);
        }
    }

    private static TransportException Failure(CommandSpec command, int error) => error switch
    {
        PtyNative.NoSuchFile => new TransportException(
            TransportFault.ProgramMissing, $"cannot start {command.Program}: no such program on this machine; install it or fix PATH"),
        PtyNative.AccessDenied => new TransportException(
            TransportFault.Denied, $"cannot start {command.Program}: permission denied"),
        _ => new TransportException(
            TransportFault.Denied, $"cannot start {command.Program}: {Marshal.GetPInvokeErrorMessage(error)}"),
    };

    private static List<string> EnvironmentOf(CommandSpec command)
    {
        var result = new List<string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            if (!command.Environment.ContainsKey((string)entry.Key))
            {
                result.Add($"{entry.Key}={entry.Value}");
            }
        }

        foreach (var (name, value) in command.Environment)
        {
            if (value is not null)
            {
                result.Add($"{name}={value}");
            }
        }

        return result;
    }

    // An array of C strings that ends with null.
    private sealed class NativeStrings : IDisposable
    {
        private readonly int _count;

        public NativeStrings(List<string> strings)
        {
            foreach (var text in strings)
            {
                if (text.Contains('\0', StringComparison.Ordinal))
                {
                    throw new TransportException(TransportFault.Denied, "a command's argument or variable contains a NUL character");
                }
            }

            _count = strings.Count;
            Array = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
            for (var index = 0; index < _count; index++)
            {
                var bytes = Encoding.UTF8.GetBytes(strings[index] + '\0');
                Array[index] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
                bytes.CopyTo(new Span<byte>(Array[index], bytes.Length));
            }
        }

        public byte** Array { get; }

        public void Dispose()
        {
            for (var index = 0; index < _count; index++)
            {
                NativeMemory.Free(Array[index]);
            }

            NativeMemory.Free(Array);
        }
    }
}
