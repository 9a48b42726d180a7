using System.ComponentModel;
using System.Diagnostics;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>What starting a child process on pipes has in common, however it is run then.</summary>
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

    /// <summary>Sets the command's variables, or removes those whose value is null.</summary>
    public static void ApplyEnvironment(CommandSpec command, ProcessStartInfo startInfo)
    {
        foreach (var (name, value) in command.Environment)
        {
            if (value is null)
            {
                startInfo.Environment.Remove(name);
            }
            else
            {
                startInfo.Environment[name] = value;
            }
        }
    }

    /// <summary>The failure of a start in words.</summary>
    public static TransportException Failed(CommandSpec command, Win32Exception failure) => failure.NativeErrorCode switch
    {
        NoSuchFile => new TransportException(
            TransportFault.ProgramMissing, $"cannot start {command.Program}: it was not found in PATH; install it", failure),
        PermissionDenied => new TransportException(
            TransportFault.Denied, $"cannot start {command.Program}: permission denied", failure),
        _ => new TransportException(TransportFault.Unreachable, $"cannot start {command.Program}: {failure.Message}", failure),
    };
}
