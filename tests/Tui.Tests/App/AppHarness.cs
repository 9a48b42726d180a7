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

    private readonly CancellationTokenSource _stop = new();
    private readonly FakeFleet _fleet;

    public AppHarness(FleetSnapshot? fleet = null, int width = 100, int height = 30)
    {
        Host = new FakeScreenHost(new CellSize(width, height));
        _fleet = new FakeFleet(fleet ?? TestDeck.Demo(), Time);
        var model = DeckStart.Model(new DeckConfiguration(), TestTheme.Colours, ["test"], isReadOnly: false, TimeSpan.Zero);
        Running = new DeckApp(
            new DeckServices
            {
                Host = Host,
                Store = _fleet.Store,
                Operations = Operations,
                Panes = Panes,
                Time = Time,
                DetachKey = KeyChord.Of(']', KeyModifiers.Control),
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

    /// <summary>
    /// Lets time pass frame by frame until something is so. On a busy machine the deck's clock slows down, so that news is not over before it was drawn.
    /// </summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        for (var round = 0; !condition(); round++)
        {
            Assert.False(Running.IsFaulted, Running.Exception?.ToString());
            Assert.False(deadline.IsCancellationRequested, $"never came: {what}; the screen:\n{Screen}");
            Time.Advance(TimeSpan.FromMilliseconds(17));
            await Task.Delay(round < 50 ? 1 : 50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(Deadline);
        _stop.Dispose();
    }
}
