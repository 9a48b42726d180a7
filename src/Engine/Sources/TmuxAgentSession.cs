using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>The session of one agent in a tmux server, reached over the link that its source keeps.</summary>
/// <param name="agent">Whose session it is.</param>
/// <param name="session">The session and the agent's pane.</param>
/// <param name="address">The server.</param>
/// <param name="transport">Where the server is.</param>
/// <param name="runner">Runs short commands there.</param>
/// <param name="findLink">The link of the moment, or null while there is none.</param>
/// <param name="time">The clock.</param>
/// <param name="shown">Told when the agent comes on screen.</param>
internal sealed class TmuxAgentSession(
    AgentId agent, TmuxSession session, TmuxAddress address, IAgentTransport transport, ICommandRunner runner, Func<TmuxLink?> findLink, TimeProvider time, Action shown) : IAgentSession
{
    /// <inheritdoc/>
    public Task<PaneCapture> CaptureAsync(int historyLines, CancellationToken cancellationToken) => DoAsync(async link =>
    {
        var capture = await TmuxPaneReader.CaptureAsync(link, session.PaneId, historyLines, cancellationToken);
        return new PaneCapture(agent, 0, PaneContentKind.Screen, time.GetUtcNow(), capture.Content, capture.Metadata);
    });

    /// <inheritdoc/>
    public async Task<IPaneWatch> WatchAsync(CancellationToken cancellationToken)
    {
        shown();
        try
        {
            var link = await TmuxLink.OpenAsync(transport, address, session.Id, time, cancellationToken);
            return new TmuxSessionWatch(agent, link, session.PaneId, time);
        }
        catch (TmuxException failure)
        {
            throw TmuxFailures.ToTransport(failure);
        }
    }

    /// <inheritdoc/>
    public Task<OperationResult> NudgeAsync(string text, bool force, CancellationToken cancellationToken) =>
        DoAsync(link => new TmuxNudge(time, runner, force ? null : StandsBeforeMenu).SendAsync(link, session.PaneId, text, cancellationToken));

    /// <inheritdoc/>
    public Task<OperationResult> PressAsync(ImmutableArray<AgentKey> keys, CancellationToken cancellationToken) => DoAsync(async link =>
    {
        await TmuxKeys.SendAsync(link, session.PaneId, keys, cancellationToken);
        return new OperationResult(OperationOutcome.Succeeded, "sent");
    });

    /// <inheritdoc/>
    public Task<OperationResult> PasteAsync(string text, CancellationToken cancellationToken) => DoAsync(async link =>
    {
        await TmuxKeys.PasteAsync(link, session.PaneId, text, cancellationToken);
        return new OperationResult(OperationOutcome.Succeeded, "pasted");
    });

    /// <inheritdoc/>
    public Task<OperationResult> ClearScrollbackAsync(CancellationToken cancellationToken) =>
        DoAsync(link => TmuxKeys.ClearHistoryAsync(link, session.PaneId, cancellationToken));

    /// <inheritdoc/>
    public Task<string> ListProcessesAsync(CancellationToken cancellationToken) =>
        DoAsync(link => TmuxProcesses.ListAsync(link, runner, session.PaneId, cancellationToken));

    /// <inheritdoc/>
    public async Task<ICommandStream> AttachAsync(Size size, CancellationToken cancellationToken) =>
        await transport.OpenAsync(address.Client("attach-session", "-t", session.Id) with { Terminal = size }, cancellationToken);

    private async Task<T> DoAsync<T>(Func<TmuxLink, Task<T>> work)
    {
        var link = findLink() ?? throw new TransportException(TransportFault.Cut, $"tmux on {address}: there is no link now; it is being opened again");
        try
        {
            return await work(link);
        }
        catch (TmuxException failure)
        {
            throw TmuxFailures.ToTransport(failure);
        }
    }

    // The screen of now: what the store knows of the activity may be seconds old.
    private bool StandsBeforeMenu(PlainScreen screen)
    {
        ImmutableArray<string> lines = [.. screen.Rows.Where(row => row.Length > 0).Select(row => PlainText.Sanitize(row)).TakeLast(ActivityRules.LinesNeeded)];
        return ActivityRules.Judge(ActivityRules.QuietAfter, lines, session.Command).Activity == Activity.Blocked;
    }
}
