using System.Globalization;
using System.Runtime.InteropServices;

namespace AgentDeck.Engine.Sources;

/// <summary>Where tmux puts its sockets.</summary>
internal static partial class SocketPath
{
    /// <summary>The path of a socket for the user of this process, by tmux's rule: <c>${TMUX_TMPDIR:-/tmp}/tmux-UID/NAME</c>.</summary>
    public static string Of(string socket) => Of(socket, Environment.GetEnvironmentVariable("TMUX_TMPDIR"), UserId());

    /// <summary>The same for any user; a name with a slash is a path already.</summary>
    internal static string Of(string socket, string? temporaryFolder, uint userId) =>
        socket.Contains('/')
            ? Path.GetFullPath(socket)
            : Path.Combine(
                string.IsNullOrEmpty(temporaryFolder) ? "/tmp" : temporaryFolder,
                string.Create(CultureInfo.InvariantCulture, $"tmux-{userId}"),
                socket);

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint UserId();
}
