using System.Text;

namespace AgentDeck.Engine.Transports;

/// <summary>Runs short commands over a transport that only knows streams.</summary>
/// <param name="transport">Where to run them.</param>
/// <param name="time">The clock of the timeout.</param>
internal sealed class StreamCommandRunner(IAgentTransport transport, TimeProvider time) : ICommandRunner
{
    private const int ReadSize = 16 * 1024;

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(CommandSpec command, string? standardInput, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await using var stream = await transport.OpenAsync(command with { Terminal = null }, either.Token);
            var output = ReadAsync(stream.Output, either.Token);
            var error = ReadAsync(stream.Error, either.Token);
            if (standardInput is not null)
            {
                await stream.Input.WriteAsync(Encoding.UTF8.GetBytes(standardInput), either.Token);
                await stream.Input.DisposeAsync();
            }

            return new CommandResult(await stream.ExitCode.WaitAsync(either.Token), await output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFault.Unreachable, $"{command.Program} did not end within {timeout.TotalSeconds:0} s");
        }
        catch (IOException failure)
        {
            throw new TransportException(TransportFault.Cut, $"the stream of {command.Program} was cut: {failure.Message}", failure);
        }
    }

    private static async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new StringBuilder();
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var buffer = new char[ReadSize];
        int count;
        while ((count = await reader.ReadAsync(buffer, cancellationToken)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(count, CommandResult.OutputLimit - kept.Length));
        }

        return kept.ToString();
    }
}
