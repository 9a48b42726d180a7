using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Running;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App;

/// <summary>The whole deck with its real loop on a terminal, an engine and a clock in memory.</summary>
internal sealed class AppHarness : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    // Frames and watches are paced by less; the next second of the clock is further away, and comes only where a test asks for it.
    private static readonly TimeSpan FramePause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly FakeFleet _fleet;
    private TaskCompletionSource _changed = NewSignal();

    public AppHarness(FleetSnapshot? fleet = null, int width = 100, int height = 30)
    {
        Host = new FakeScreenHost(new CellSize(width, height));
        _fleet = new FakeFleet(fleet ?? TestDeck.Demo(), Time);
        var model = DeckStart.Model(new DeckConfiguration(), TestTheme.Colours, ["test"], KeyChord.Of(']', KeyModifiers.Control), TimeSpan.Zero);
        Time.TimerSet += Signal;
        Host.Changed += Signal;
        Panes.Changed += Signal;
        Operations.Changed += Signal;
        Running = new DeckApp(
            new DeckServices
            {
                Host = Host,
                Store = _fleet.Store,
                Operations = Operations,
                Panes = Panes,
                Time = Time,
                LoadTheme = _ => throw new InvalidDataException("there is no such theme"),
                SaveScreenshot = (frame, _) => Task.FromResult($"saved {frame.Size.Width}×{frame.Size.Height}"),
            },
            model).RunAsync(_stop.Token);
    }

    public FakeScreenHost Host { get; }

    public FakeTimeProvider Time { get; } = new();

    public FakePanes Panes { get; } = new();

    public FakeOperations Operations { get; } = new();

    public Task<DeckExit> Running { get; }

    public string Screen => Host.LastFrame is { } frame ? ScreenText.Rows(frame) : "";

    public void Set(Agent agent) => _fleet.Set(agent);

    public async Task<AppHarness> PressAsync(string key, string thenShows)
    {
        Host.Press(key);
        await UntilShownAsync(thenShows);
        return this;
    }

    public Task UntilShownAsync(string text) => UntilAsync(() => Screen.Contains(text, StringComparison.Ordinal), $"'{text}' on screen");

    /// <summary>Lets time pass until something is so: from frame to frame, but over no pause longer than <paramref name="pause"/>.</summary>
    public async Task UntilAsync(Func<bool> condition, string what, TimeSpan? pause = null)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (condition())
            {
                return;
            }

            Assert.False(Running.IsFaulted, Running.Exception?.ToString());
            Assert.False(deadline.IsCancellationRequested, $"never came: {what}; the screen:\n{Screen}");
            if (!Time.AdvanceToNextTimer(pause ?? FramePause))
            {
                await Task.WhenAny(changed, Running, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, deadline.Token));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(Deadline);
        _stop.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
}
