using System.Text;

namespace AgentDeck.Engine.Transports;

/// <summary>Runs short commands over a transport that only knows streams.</summary>
/// <param name="transport">Where to run them.</param>
/// <param name="time">The clock of the timeout.</param>
internal sealed class StreamCommandRunner(IAgentTransport transport, TimeProvider time) : ICommandRunner
{
    private const int ReadSize = 16 * 1024;

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(CommandSpec command, string? standardInput, TimeSpan timeout, CancellationToken cancellationToken) => RunAsync(
        command,
        standardInput is null ? null : async (input, cancel) => await input.WriteAsync(Encoding.UTF8.GetBytes(standardInput), cancel),
        timeout,
        cancellationToken);

    /// <summary>Runs a command that reads what a stream holds, or as much of that as it wants.</summary>
    /// <exception cref="TransportException">It could not be run to its end.</exception>
    public Task<CommandResult> FeedAsync(CommandSpec command, Stream standardInput, TimeSpan timeout, CancellationToken cancellationToken) =>
        RunAsync(command, standardInput.CopyToAsync, timeout, cancellationToken);

    private async Task<CommandResult> RunAsync(CommandSpec command, Func<Stream, CancellationToken, Task>? feed, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var fault = TransportFault.Unreachable;
        try
        {
            await using var stream = await transport.OpenAsync(command with { Terminal = null }, either.Token);
            fault = TransportFault.TimedOut;
            var output = ReadAsync(stream.Output, either.Token);
            var error = ReadAsync(stream.Error, either.Token);
            if (feed is not null)
            {
                await FeedAsync(stream.Input, feed, either.Token);
            }

            return new CommandResult(await stream.ExitCode.WaitAsync(either.Token), await output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(fault, $"{command.Program} did not end within {timeout.TotalSeconds:0} s");
        }
        catch (IOException failure)
        {
            throw new TransportException(TransportFault.Cut, $"the stream of {command.Program} was cut: {failure.Message}", failure);
        }
    }

    private static async Task FeedAsync(Stream input, Func<Stream, CancellationToken, Task> feed, CancellationToken cancellationToken)
    {
        try
        {
            await feed(input, cancellationToken);
            await input.DisposeAsync();
        }
        catch (IOException)
        {
            // It ended before it had read all, and its exit code and words say why; or the stream was cut, and then it has none.
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
