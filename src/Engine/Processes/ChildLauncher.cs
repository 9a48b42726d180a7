using System.Collections;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>
/// Starts programs in a session of their own. Signals that a terminal sends to everything on it (hang-up, Ctrl-C) therefore
/// do not reach them: a tmux client in control mode that gets <c>SIGHUP</c> or <c>SIGTERM</c> in the middle of a command
/// takes its server down with it, with every session in it (tmux 3.3a).
/// </summary>
internal static unsafe class ChildLauncher
{
    /// <summary>Starts a command with these descriptors and no others, set in their order.</summary>
    /// <exception cref="TransportException">The program cannot be started.</exception>
    public static ChildProcess Launch(CommandSpec command, ReadOnlySpan<ChildDescriptor> descriptors)
    {
        using var arguments = new NativeStrings([command.Program, .. command.Arguments]);
        using var environment = new NativeStrings(EnvironmentOf(command));
        using var directory = new NativeStrings(command.Directory is { } path ? [path] : []);
        var attributes = stackalloc byte[ProcessNative.OpaqueSize];
        var actions = stackalloc byte[ProcessNative.OpaqueSize];
        _ = ProcessNative.InitializeAttributes(attributes);
        _ = ProcessNative.InitializeActions(actions);
        try
        {
            SetAttributes(attributes);
            foreach (var descriptor in descriptors)
            {
                _ = descriptor.Path != 0
                    ? ProcessNative.AddOpen(actions, descriptor.Number, (byte*)descriptor.Path, ProcessNative.ReadWrite, 0)
                    : ProcessNative.AddDuplicate(actions, descriptor.Source, descriptor.Number);
            }

            if (command.Directory is not null)
            {
                _ = ProcessNative.AddDirectory(actions, directory.Array[0]);
            }

            int process;
            var error = ProcessNative.Spawn(&process, arguments.Array[0], actions, attributes, arguments.Array, environment.Array);
            return error == 0 ? new ChildProcess(process) : throw ProcessStart.Failed(command, error);
        }
        finally
        {
            _ = ProcessNative.DestroyActions(actions);
            _ = ProcessNative.DestroyAttributes(attributes);
        }
    }

    // Our runtime ignores SIGPIPE and blocks signals in its threads: programs must inherit neither.
    private static void SetAttributes(byte* attributes)
    {
        var signals = stackalloc byte[ProcessNative.OpaqueSize];
        _ = ProcessNative.SetFlags(attributes, ProcessNative.SpawnFlags);
        _ = ProcessNative.EmptySignals(signals);
        _ = ProcessNative.SetSignalMask(attributes, signals);
        _ = ProcessNative.FillSignals(signals);
        _ = ProcessNative.RemoveSignal(signals, ProcessNative.Kill);
        _ = ProcessNative.RemoveSignal(signals, ProcessNative.Stop);
        _ = ProcessNative.SetDefaultSignals(attributes, signals);
    }

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
}
