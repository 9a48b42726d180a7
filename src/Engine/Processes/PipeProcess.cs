using System.ComponentModel;
using System.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>A child process on three pipes. Disposing kills this process alone, never what it talks to or has started.</summary>
internal sealed class PipeProcess : ICommandStream
{
    private readonly Process _process;
    private int _disposed;

    private PipeProcess(Process process, string name)
    {
        _process = process;
        Input = process.StandardInput.BaseStream;
        Output = ThreadReadStream.Start(process.StandardOutput.BaseStream, name);
        Error = ThreadReadStream.Start(process.StandardError.BaseStream, name);
        ExitCode = WaitAsync(process);
    }

    /// <inheritdoc/>
    public Stream Input { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Error { get; }

    /// <inheritdoc/>
    public Task<int> ExitCode { get; }

    /// <summary>Starts a command.</summary>
    /// <exception cref="TransportException">It cannot be started.</exception>
    public static PipeProcess Start(CommandSpec command)
    {
        ProcessStart.RequireDirectory(command);
        var startInfo = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.Directory ?? "",
        };
        ProcessStart.ApplyEnvironment(command, startInfo);
        try
        {
            return new PipeProcess(Process.Start(startInfo)!, command.Program);
        }
        catch (Win32Exception failure)
        {
            throw ProcessStart.Failed(command, failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask ResizeAsync(Size size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _process.Kill();
        await ExitCode;
        await Input.DisposeAsync();
        await Output.DisposeAsync();
        await Error.DisposeAsync();
        _process.Dispose();
    }

    private static async Task<int> WaitAsync(Process process)
    {
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
