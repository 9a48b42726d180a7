using System.Runtime.InteropServices;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>What starting a child process has in common, however it is run then.</summary>
internal static class ProcessStart
{
    private const int NoSuchFile = 2;
    private const int PermissionDenied = 13;

    /// <summary>Fails when the command's directory does not exist, which the system would report as a missing program.</summary>
    /// <exception cref="TransportException">It does not exist.</exception>
    public static void RequireDirectory(CommandSpec command)
    {
        if (command.Directory is { } directory && !Directory.Exists(directory))
        {
            throw new TransportException(
                TransportFault.ProgramMissing, $"cannot start {command.Program}: the directory {directory} does not exist");
        }
    }

    /// <summary>A start that failed with this error number of the system, in words.</summary>
    public static TransportException Failed(CommandSpec command, int error) => error switch
    {
        NoSuchFile => new TransportException(
            TransportFault.ProgramMissing, $"cannot start {command.Program}: it was not found in PATH; install it"),
        PermissionDenied => new TransportException(
            TransportFault.Denied, $"cannot start {command.Program}: permission denied"),
        _ => new TransportException(
            TransportFault.Unreachable, $"cannot start {command.Program}: {Marshal.GetPInvokeErrorMessage(error)}"),
    };
}
