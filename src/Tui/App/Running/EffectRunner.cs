using System.Collections.Concurrent;
using System.Threading.Channels;
using AgentDeck.Engine.Transports;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.App.Running;

/// <summary>
/// Does what the update asks for outside the model, each thing in a task of its own, and reports back through the inbox.
/// Disposing cancels everything and waits for it.
/// </summary>
internal sealed class EffectRunner : IAsyncDisposable
{
    private readonly DeckServices _services;
    private readonly CellTables _tables;
    private readonly ChannelWriter<AppMessage> _inbox;
    private readonly TypeThrough _typeThrough;
    private readonly PaneWatch _watch;
    private readonly LogReader _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Creates a runner that reports to <paramref name="inbox"/>.</summary>
    public EffectRunner(DeckServices services, CellTables tables, ChannelWriter<AppMessage> inbox)
    {
        (_services, _tables, _inbox) = (services, tables, inbox);
        _typeThrough = new TypeThrough(services.Operations, inbox);
        _watch = new PaneWatch(services.Panes, tables, inbox, services.Time);
        _log = new LogReader(services.Operations, tables, inbox);
        Start("typing", _typeThrough.RunAsync);
        Start("watching panes", _watch.RunAsync);
        Start("reading the log", _log.RunAsync);
    }

    /// <summary>Starts an effect and returns at once. Those that concern the loop itself are not for this runner.</summary>
    public void Run(AppEffect effect)
    {
        switch (effect)
        {
            case TypeIntoPane typed when !_typeThrough.TryAdd(typed):
                Start("typing", token => ReportAsync(new TypingFailed(typed.Agent, "it takes nothing; too much waits already"), token));
                break;
            case TypeIntoPane:
                break;
            case WatchPanes watch:
                _watch.Want(watch.Agents);
                break;
            case ReadLog read:
                _log.Want(read.Log);
                break;
            case RunCommand run:
                Start($"acting on {run.Agent}", token => ExecuteAsync(run, token));
                break;
            case LoadHistory load:
                Start($"reading the history of {load.Agent}", token => LoadHistoryAsync(load, token));
                break;
            case ListProcesses list:
                Start($"listing the processes of {list.Agent}", token => ListProcessesAsync(list, token));
                break;
            case CopyText copy:
                Start("copying", token => _services.Host.CopyAsync(copy.Text, token).AsTask());
                break;
            case LoadTheme load:
                Start($"loading the theme {load.Name}", token => ReportAsync(new ThemeChosen(_services.LoadTheme(load.Name), load.IsPreview), token));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "unknown effect");
        }
    }

    /// <summary>Writes a picture of a frame, of which the runner keeps the only reference.</summary>
    public void Save(ScreenBuffer frame) => Start(
        "saving the screenshot",
        async token => await ReportAsync(new NoticeRaised(NoticeKind.Info, await _services.SaveScreenshot(frame, token)), token));

    /// <summary>Runs any work under the same boundary: it is cancelled at the end, and a failure becomes a notice.</summary>
    public void Start(string what, Func<CancellationToken, Task> work)
    {
        var task = Task.Run(() => GuardAsync(what, work));
        _running[task] = true;
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Keys);
        _stop.Dispose();
    }

    private async Task GuardAsync(string what, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The boundary of effects: whatever fails out there is told to the operator and ends nothing else.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _inbox.TryWrite(new NoticeRaised(NoticeKind.Error, $"{what} failed: {failure.Message}"));
        }
    }

    private async Task ExecuteAsync(RunCommand run, CancellationToken cancellationToken)
    {
        var result = await _services.Operations.ExecuteAsync(run.Agent, run.Command, cancellationToken);
        await ReportAsync(new OperationDone(run.OperationId, run.Agent, run.Command, result), cancellationToken);
    }

    private async Task LoadHistoryAsync(LoadHistory load, CancellationToken cancellationToken)
    {
        var capture = await _services.Panes.CaptureAsync(load.Agent, load.Lines, cancellationToken);
        await ReportAsync(new HistoryLoaded(PaneScreens.Parse(capture, _tables)), cancellationToken);
    }

    private async Task ListProcessesAsync(ListProcesses list, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = await _services.Operations.ListProcessesAsync(list.Agent, cancellationToken);
        }
        catch (TransportException failure)
        {
            text = failure.Message;
        }

        await ReportAsync(new ProcessesListed(list.Agent, text), cancellationToken);
    }

    private Task ReportAsync(AppMessage message, CancellationToken cancellationToken) => _inbox.WriteAsync(message, cancellationToken).AsTask();
}
