using System.Text;
using System.Threading.Channels;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Transports;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Ansi;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.App.Running;

/// <summary>Reads the one log that is on screen; another one, or none, ends the reading of the one before.</summary>
internal sealed class LogReader(ISessionOperations operations, CellTables tables, ChannelWriter<AppMessage> inbox)
{
    private const int FirstLines = 1_000;

    private readonly Channel<LogWant?> _wanted = Channel.CreateBounded<LogWant?>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Takes the log that is on screen now, or none.</summary>
    public void Want(LogWant? log) => _wanted.Writer.TryWrite(log);

    /// <summary>Reads until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reading = Task.CompletedTask;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var current = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        try
        {
            await foreach (var log in _wanted.Reader.ReadAllAsync(cancellationToken))
            {
                await current.CancelAsync();
                await reading;
                current.Dispose();
                current = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                reading = log is null ? Task.CompletedTask : ReadAsync(log, current.Token);
            }
        }
        finally
        {
            await end.CancelAsync();
            await reading;
            current.Dispose();
        }
    }

    private async Task ReadAsync(LogWant log, CancellationToken cancellationToken)
    {
        try
        {
            var why = "the log ends here";
            try
            {
                var pieces = operations.ReadLogAsync(log.Agent, new LogQuery(Follow: !log.IsPrevious, log.IsPrevious, FirstLines), cancellationToken);
                await foreach (var lines in LogText.ReadAsync(pieces, cancellationToken))
                {
                    await inbox.WriteAsync(new LogRead(log, SgrParser.Parse(Encoding.UTF8.GetBytes(lines), tables, SgrParser.LongestRow), null), cancellationToken);
                }
            }
            catch (TransportException failure)
            {
                why = failure.Message;
            }

            await inbox.WriteAsync(new LogRead(log, [], why), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }
}
