using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Sources;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tests.Panes;

/// <summary>A source of one agent <c>here/a</c> whose pane shows what the test puts into it, and which counts what it is told to end.</summary>
internal sealed class FakeSource : IAgentSource, IAgentSession, IPaneWatch
{
    private readonly Channel<string> _screens = Channel.CreateUnbounded<string>();

    public string Name => "here";

    public bool MayStart => true;

    public int StartsAtOnce => 1;

    public TimeSpan KillGrace => TimeSpan.FromSeconds(5);

    public Task FirstAnswer => Task.CompletedTask;

    public int Opened { get; private set; }

    public int Announced { get; private set; }

    public int Killed { get; private set; }

    public int Withdrawn { get; private set; }

    public TaskCompletionSource KillBegan { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What ending somebody takes.</summary>
    public Task Killing { get; init; } = Task.CompletedTask;

    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Show(string screen) => _screens.Writer.TryWrite(screen);

    public IAgentSession? FindSession(AgentId agent) => this;

    public Task<PaneCapture> CaptureAsync(int historyLines, CancellationToken cancellationToken) => Task.FromResult(Capture("first\n"));

    public Task<IPaneWatch> WatchAsync(CancellationToken cancellationToken)
    {
        Opened++;
        return Task.FromResult<IPaneWatch>(this);
    }

    public async IAsyncEnumerable<PaneCapture> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var screen in _screens.Reader.ReadAllAsync(cancellationToken))
        {
            yield return Capture(screen);
        }
    }

    public void MarkDirty()
    {
    }

    public ValueTask DisposeAsync()
    {
        Closed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public Task RunAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Declare(ImmutableArray<AgentSpec> agents) => throw new NotSupportedException();

    public void Fail(string error) => throw new NotSupportedException();

    /// <summary>What happens when it is told to start the agent.</summary>
    public Func<CancellationToken, Task> Starts { get; set; } = _ => throw new NotSupportedException();

    public Task StartAsync(AgentId agent, CancellationToken cancellationToken) => Starts(cancellationToken);

    public Task AnnounceStopAsync(AgentId agent, CancellationToken cancellationToken)
    {
        Announced++;
        return Task.CompletedTask;
    }

    public Task WithdrawStopAsync(AgentId agent)
    {
        Withdrawn++;
        return Task.CompletedTask;
    }

    public Task KillAsync(AgentId agent, CancellationToken cancellationToken)
    {
        Killed++;
        KillBegan.TrySetResult();
        return Killing;
    }

    public Task<OperationResult> NudgeAsync(string text, bool force, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<OperationResult> PressAsync(ImmutableArray<AgentKey> keys, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<OperationResult> PasteAsync(string text, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<OperationResult> ClearScrollbackAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string> ListProcessesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ICommandStream> AttachAsync(Size size, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static PaneCapture Capture(string text) => new(
        Fleet.Id("a"), 0, PaneContentKind.Screen, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(text), new PaneMetadata { PaneId = "%1", Size = new Size(80, 24) });
}
