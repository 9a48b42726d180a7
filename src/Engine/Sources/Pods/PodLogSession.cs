using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The handle on an agent whose container has no tmux: its log stands for its screen, and a shell for its session.</summary>
/// <param name="agent">Whose container it is.</param>
/// <param name="place">Where it is.</param>
/// <param name="container">The container.</param>
/// <param name="transport">Runs commands there.</param>
/// <param name="time">The clock.</param>
internal sealed class PodLogSession(AgentId agent, IContainerPlace place, PodContainer container, IAgentTransport transport, TimeProvider time) : IAgentSession
{
    private const int ScreenLines = 200;

    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<PaneCapture> CaptureAsync(int historyLines, CancellationToken cancellationToken)
    {
        var most = historyLines < 0 ? 50_000 : ScreenLines + historyLines;
        var tail = new LogTail(most);
        await foreach (var piece in PodLog.ReadAsync(place, container, new LogRequest(Follow: false, Previous: false, most), cancellationToken))
        {
            tail.Feed(piece.Span);
        }

        return PodLogWatch.Capture(agent, tail, time);
    }

    /// <inheritdoc/>
    public async Task<IPaneWatch> WatchAsync(CancellationToken cancellationToken) =>
        new PodLogWatch(agent, await place.OpenLogAsync(container, new LogRequest(Follow: true, Previous: false, ScreenLines), cancellationToken), time);

    /// <inheritdoc/>
    public Task<OperationResult> NudgeAsync(string text, bool force, CancellationToken cancellationToken) => Refused();

    /// <inheritdoc/>
    public Task<OperationResult> PressAsync(ImmutableArray<AgentKey> keys, CancellationToken cancellationToken) => Refused();

    /// <inheritdoc/>
    public Task<OperationResult> PasteAsync(string text, CancellationToken cancellationToken) => Refused();

    /// <inheritdoc/>
    public Task<OperationResult> ClearScrollbackAsync(CancellationToken cancellationToken) => Refused();

    /// <inheritdoc/>
    public async Task<string> ListProcessesAsync(CancellationToken cancellationToken)
    {
        var ps = new CommandSpec { Program = "ps", Arguments = ["-e", "-o", "pid,ppid,stat,etime,args"] };
        var result = await new StreamCommandRunner(transport, time).RunAsync(ps, null, ListTimeout, cancellationToken);
        return string.Join('\n', result.Output.TrimEnd('\n').Split('\n').Select(line => PlainText.Sanitize(line)));
    }

    /// <inheritdoc/>
    public async Task<ICommandStream> AttachAsync(Size size, CancellationToken cancellationToken) =>
        await transport.OpenAsync(PodShell.Command(size), cancellationToken);

    private static Task<OperationResult> Refused() => Task.FromResult(new OperationResult(OperationOutcome.Refused, SessionRules.NoTmux));
}
