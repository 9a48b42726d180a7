using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Engine.Processes;

/// <summary>
/// The C library's calls about child processes, their pipes and pseudo-terminals. Numbers differ between Linux and macOS; those of
/// Linux are the generic ones of <c>asm-generic</c>, shared by x86-64 and arm64.
/// </summary>
internal static unsafe partial class ProcessNative
{
    /// <summary>Larger than any of the opaque structures used here (glibc's largest, <c>posix_spawnattr_t</c>, has 336 bytes).</summary>
    public const int OpaqueSize = 512;

    public const int Interrupted = 4;

    public const int Hangup = 1;
    public const int Kill = 9;

    public const short PollIn = 1;
    public const short PollOut = 4;

    public const int ReadWrite = 2;
    public const int WaitForPid = 1;
    public const int WaitExited = 4;

    private const string C = "libc";

    private const int SetPipeSize = 1031;

    public static int TryAgain => OperatingSystem.IsMacOS() ? 35 : 11;

    public static int NoControllingTerminal => OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    public static int CloseOnExecute => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    public static int NonBlocking => OperatingSystem.IsMacOS() ? 4 : 0x800;

    public static int WaitWithoutReaping => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static short SpawnFlags => OperatingSystem.IsMacOS() ? (short)(0x400 | 0x4 | 0x8) : (short)(0x80 | 0x4 | 0x8);

    private static nuint SetWindowSizeRequest => OperatingSystem.IsMacOS() ? 0x80087467 : 0x5414u;

    private static nuint SetNonBlockingRequest => OperatingSystem.IsMacOS() ? 0x8004667e : 0x5421u;

    private static nuint SetCloseOnExecuteRequest => OperatingSystem.IsMacOS() ? 0x20006601 : 0x5451u;

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }

    /// <summary>Tells a terminal its size; a program on it gets <c>SIGWINCH</c>.</summary>
    public static int SetWindowSize(SafeFileHandle terminal, ushort columns, ushort rows)
    {
        var size = stackalloc ushort[] { rows, columns, 0, 0 };
        return Control(terminal, SetWindowSizeRequest, size);
    }

    /// <summary>Makes reads and writes return at once.</summary>
    public static int SetNonBlocking(SafeFileHandle file)
    {
        var on = 1;
        return Control(file, SetNonBlockingRequest, &on);
    }

    /// <summary>Keeps a descriptor from programs that are started.</summary>
    public static int SetCloseOnExecute(SafeFileHandle file) => Control(file, SetCloseOnExecuteRequest, null);

    /// <summary>Lets a pipe hold more than its usual 64 KiB, where the system can and allows it.</summary>
    public static void Enlarge(SafeFileHandle pipe, int bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = FileControl(pipe, SetPipeSize, bytes);
        }
    }

    /// <summary>Opens a pipe that does not reach programs that are started.</summary>
    public static int OpenPipe(bool blocking, out SafeFileHandle reader, out SafeFileHandle writer)
    {
        var ends = stackalloc int[2];
        var result = OperatingSystem.IsMacOS() ? Pipe(ends) : Pipe2(ends, CloseOnExecute | (blocking ? 0 : NonBlocking));
        reader = new SafeFileHandle(result == 0 ? ends[0] : -1, ownsHandle: true);
        writer = new SafeFileHandle(result == 0 ? ends[1] : -1, ownsHandle: true);
        if (result == 0 && OperatingSystem.IsMacOS())
        {
            SetCloseOnExecute(reader);
            SetCloseOnExecute(writer);
            if (!blocking)
            {
                SetNonBlocking(reader);
                SetNonBlocking(writer);
            }
        }

        return result;
    }

    [LibraryImport(C, EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenMaster(int flags);

    [LibraryImport(C, EntryPoint = "grantpt", SetLastError = true)]
    public static partial int Grant(SafeFileHandle master);

    [LibraryImport(C, EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int Unlock(SafeFileHandle master);

    [LibraryImport(C, EntryPoint = "ptsname_r")]
    public static partial int SlaveName(SafeFileHandle master, byte* name, nuint length);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, byte* buffer, nuint length);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* buffer, nuint length);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(C, EntryPoint = "kill", SetLastError = true)]
    public static partial int SendSignal(int processOrGroup, int signal);

    [LibraryImport(C, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitForExit(int kind, int process, byte* information, int options);

    [LibraryImport(C, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Reap(int process, int* status, int options);

    [LibraryImport(C, EntryPoint = "posix_spawnp")]
    public static partial int Spawn(int* process, byte* program, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitializeAttributes(byte* attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(byte* attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(byte* attributes, byte* signals);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitializeActions(byte* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(byte* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addopen")]
    public static partial int AddOpen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    public static partial int AddDirectory(byte* actions, byte* path);

    [LibraryImport(C, EntryPoint = "sigemptyset")]
    public static partial int EmptySignals(byte* signals);

    [LibraryImport(C, EntryPoint = "sigfillset")]
    public static partial int FillSignals(byte* signals);

    [LibraryImport(C, EntryPoint = "sigdelset")]
    public static partial int RemoveSignal(byte* signals, int signal);

    // On Apple's arm64 the arguments of a variadic function go on the stack: six unused ones fill the registers first.
    private static int Control(SafeFileHandle file, nuint request, void* argument) =>
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ControlOnAppleArm(file, request, 0, 0, 0, 0, 0, 0, argument)
            : Control(file, request, (nint)argument);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlOnAppleArm(
        SafeFileHandle file, nuint request, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7, void* argument);

    [LibraryImport(C, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(SafeFileHandle file, int command, nint argument);

    [LibraryImport(C, EntryPoint = "pipe", SetLastError = true)]
    private static partial int Pipe(int* ends);

    [LibraryImport(C, EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(int* ends, int flags);
}
