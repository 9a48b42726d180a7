using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AgentDeck.Engine.Journal;

/// <summary>The C library's calls that the journal needs beside those of the runtime.</summary>
internal static partial class JournalNative
{
    private const int Interrupted = 4;
    private const int SharedWithoutWaiting = 1 | 4;
    private const int ExclusiveWithoutWaiting = 2 | 4;

    private static int CloseOnExecute => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>The number of "another has the lock".</summary>
    public static int WouldBlock => OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>
    /// Takes an exclusive <c>flock</c> or fails. The runtime's own is the same, but silently not taken where a file system has none, or
    /// where an environment variable forbids it.
    /// </summary>
    public static void Lock(SafeFileHandle file)
    {
        while (Lock(file, ExclusiveWithoutWaiting) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw Failure("the lock cannot be taken", error);
            }
        }
    }

    /// <summary>Whether somebody else has an exclusive <c>flock</c> on a file.</summary>
    public static bool IsLocked(string path)
    {
        using var file = OpenLocked(path);
        return Lock(file.SafeFileHandle, SharedWithoutWaiting) != 0 && Marshal.GetLastPInvokeError() == WouldBlock;
    }

    /// <summary>Opens a file that another may have locked; the runtime opens only what it can lock for reading.</summary>
    public static FileStream OpenLocked(string path)
    {
        var descriptor = Open(path, CloseOnExecute);
        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0)
            : throw Failure($"{path} cannot be opened", Marshal.GetLastPInvokeError());
    }

    /// <summary>Brings the names in a folder to the disk; the runtime opens no folders.</summary>
    public static void SyncFolder(string path)
    {
        var descriptor = Open(path, CloseOnExecute);
        if (descriptor < 0)
        {
            throw Failure($"{path} cannot be opened", Marshal.GetLastPInvokeError());
        }

        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        while (Sync(folder) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                throw Failure($"{path} cannot be brought to the disk", error);
            }
        }
    }

    private static IOException Failure(string what, int error) => new($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
