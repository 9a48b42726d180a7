using System.ComponentModel;
using System.Text;
using AgentDeck.Engine.Transports;
using ShellCommand = Medallion.Shell.Command;

namespace AgentDeck.Engine.Processes;

/// <summary>Runs short commands on this machine.</summary>
public sealed class LocalCommandRunner(TimeProvider timeProvider) : ICommandRunner
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(
        CommandSpec command, string? standardInput, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ProcessStart.RequireDirectory(command);
        using var deadline = new CancellationTokenSource(timeout, timeProvider);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var running = Start(command);
        using var killing = stopping.Token.Register(running.Kill);

        var output = ReadAsync(running.StandardOutput);
        var error = ReadAsync(running.StandardError);
        await WriteAsync(running, standardInput);
        var result = await running.Task;
        cancellationToken.ThrowIfCancellationRequested();
        return deadline.IsCancellationRequested
            ? throw new TransportException(TransportFault.Cut, $"{command.Program} did not end within {timeout.TotalSeconds:0.#} seconds and was killed")
            : new CommandResult(result.ExitCode, await output, await error);
    }

    private static ShellCommand Start(CommandSpec command)
    {
        try
        {
            return ShellCommand.Run(command.Program, command.Arguments, options =>
            {
                options.Encoding(Utf8);
                options.StartInfo(startInfo => ProcessStart.ApplyEnvironment(command, startInfo));
                if (command.Directory is { } directory)
                {
                    options.WorkingDirectory(directory);
                }
            });
        }
        catch (Win32Exception failure)
        {
            throw ProcessStart.Failed(command, failure);
        }
    }

    private static async Task WriteAsync(ShellCommand running, string? text)
    {
        try
        {
            if (text is not null)
            {
                await running.StandardInput.WriteAsync(text);
            }

            running.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command ended without reading all of it; its exit code tells the rest.
        }
    }

    private static async Task<string> ReadAsync(TextReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[8 * 1024];
        int count;
        while ((count = await reader.ReadAsync(buffer, CancellationToken.None)) > 0)
        {
            text.Append(buffer, 0, Math.Min(count, CommandResult.OutputLimit - text.Length));
        }

        return text.ToString();
    }
}
