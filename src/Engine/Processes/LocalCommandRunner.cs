using System.ComponentModel;
using System.Text;
using AgentDeck.Engine.Transports;
using CliWrap;
using CommandResult = AgentDeck.Engine.Transports.CommandResult;

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
        var (output, error) = (new StringBuilder(), new StringBuilder());
        try
        {
            var result = await Describe(command)
                .WithStandardInputPipe(standardInput is null ? PipeSource.Null : PipeSource.FromString(standardInput, Utf8))
                .WithStandardOutputPipe(KeepBounded(output))
                .WithStandardErrorPipe(KeepBounded(error))
                .ExecuteAsync(stopping.Token);
            return new CommandResult(result.ExitCode, output.ToString(), error.ToString());
        }
        catch (Win32Exception failure)
        {
            // The package wraps the system's failure in one of the same type that has lost its code.
            throw ProcessStart.Failed(command, (failure.InnerException as Win32Exception ?? failure).NativeErrorCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(
                TransportFault.Cut, $"{command.Program} did not end within {timeout.TotalSeconds:0.#} seconds and was killed");
        }
    }

    private static Command Describe(CommandSpec command) => Cli.Wrap(command.Program)
        .WithArguments(command.Arguments)
        .WithWorkingDirectory(command.Directory ?? "")
        .WithEnvironmentVariables(command.Environment)
        .WithValidation(CommandResultValidation.None);

    private static PipeTarget KeepBounded(StringBuilder text) => PipeTarget.Create(async (stream, cancellationToken) =>
    {
        using var reader = new StreamReader(stream, Utf8);
        var buffer = new char[8 * 1024];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            text.Append(buffer, 0, Math.Min(count, CommandResult.OutputLimit - text.Length));
        }
    });
}
