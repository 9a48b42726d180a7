using System.Runtime.InteropServices;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Terminal.Device;

/// <summary>The C library's calls about our own terminal and output, on plain descriptors: the only ones of this program. Linux numbers are those of <c>asm-generic</c>.</summary>
internal static unsafe partial class TerminalNative
{
    public const int StandardInput = 0;
    public const int StandardOutput = 1;

    public const int Interrupted = 4;
    public const short PollIn = 1;
    public const short PollOut = 4;

    /// <summary>The two signals that stop a process: the one that can be handled, and the one that cannot.</summary>
    public static int StopRequest => OperatingSystem.IsMacOS() ? 18 : 20;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int TryAgain => OperatingSystem.IsMacOS() ? 35 : 11;

    private const string C = "libc";

    private static nuint GetWindowSizeRequest => OperatingSystem.IsMacOS() ? 0x40087468 : 0x5413u;

    private static int NonBlocking => OperatingSystem.IsMacOS() ? 4 : 0x800;

    private static int CloseOnExecute => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    private static int NoControllingTerminal => OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }

    /// <summary>What the kernel believes the terminal's size is; zeros when it does not know.</summary>
    public static CellSize WindowSize(int terminal)
    {
        var size = stackalloc ushort[4];
        var failed = OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ControlOnAppleArm(terminal, GetWindowSizeRequest, 0, 0, 0, 0, 0, 0, size)
            : Control(terminal, GetWindowSizeRequest, size);
        return failed != 0 ? default : new CellSize(size[1], size[0]);
    }

    /// <summary>
    /// Opens the controlling terminal anew for writing without blocking: the flag belongs to this opening, whereas on the
    /// inherited descriptor the shell would see it too. Negative when there is none.
    /// </summary>
    public static int OpenForWriting() => Open("/dev/tty", 1 | NonBlocking | CloseOnExecute | NoControllingTerminal);

    /// <summary>Opens a pipe that programs that are started do not see.</summary>
    public static (int Reader, int Writer) OpenPipe()
    {
        var ends = stackalloc int[2];
        var failed = OperatingSystem.IsMacOS() ? Pipe(ends) : Pipe2(ends, CloseOnExecute | NonBlocking);
        return failed == 0 ? (ends[0], ends[1]) : throw new IOException($"cannot open a pipe: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport(C, EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    [LibraryImport(C, EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetAttributes(int terminal, byte* attributes);

    [LibraryImport(C, EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetAttributes(int terminal, int when, byte* attributes);

    [LibraryImport(C, EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(byte* attributes);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(C, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(C, EntryPoint = "kill", SetLastError = true)]
    public static partial int SendSignal(int processOrGroup, int signal);

    [LibraryImport(C, EntryPoint = "getpgrp")]
    public static partial int ProcessGroup();

    [LibraryImport(C, EntryPoint = "getsid")]
    public static partial int Session(int process);

    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, void* argument);

    // On Apple's arm64 the arguments of a variadic function go on the stack: six unused ones fill the registers first.
    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlOnAppleArm(
        int descriptor, nuint request, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7, void* argument);

    [LibraryImport(C, EntryPoint = "pipe", SetLastError = true)]
    private static partial int Pipe(int* ends);

    [LibraryImport(C, EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(int* ends, int flags);
}
