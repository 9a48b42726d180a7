using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>The session of one agent in a tmux server, reached over the ways that its source keeps.</summary>
/// <param name="agent">Whose session it is.</param>
/// <param name="session">The session and the agent's pane.</param>
/// <param name="reach">The ways to the server.</param>
/// <param name="time">The clock.</param>
internal sealed class TmuxAgentSession(AgentId agent, TmuxSession session, ITmuxReach reach, TimeProvider time) : IAgentSession
{
    /// <inheritdoc/>
    public Task<PaneCapture> CaptureAsync(int historyLines, CancellationToken cancellationToken) => DoAsync(async client =>
    {
        var capture = await TmuxPaneReader.CaptureAsync(client, session.PaneId, historyLines, cancellationToken);
        return new PaneCapture(agent, 0, PaneContentKind.Screen, time.GetUtcNow(), capture.Content, capture.Metadata);
    });

    /// <inheritdoc/>
    public async Task<IPaneWatch> WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reach.WatchAsync(agent, session, cancellationToken);
        }
        catch (TmuxException failure)
        {
            throw TmuxFailures.ToTransport(failure);
        }
    }

    /// <inheritdoc/>
    public Task<OperationResult> NudgeAsync(string text, bool force, CancellationToken cancellationToken) =>
        DoAsync(client => new TmuxNudge(time, reach.Runner, force ? null : StandsBeforeMenu).SendAsync(client, session.PaneId, text, cancellationToken));

    /// <inheritdoc/>
    public Task<OperationResult> PressAsync(ImmutableArray<AgentKey> keys, CancellationToken cancellationToken) => DoAsync(async client =>
    {
        await TmuxKeys.SendAsync(client, session.PaneId, keys, cancellationToken);
        return new OperationResult(OperationOutcome.Succeeded, "sent");
    });

    /// <inheritdoc/>
    public Task<OperationResult> PasteAsync(string text, CancellationToken cancellationToken) => DoAsync(async client =>
    {
        await TmuxKeys.PasteAsync(client, session.PaneId, text, cancellationToken);
        return new OperationResult(OperationOutcome.Succeeded, "pasted");
    });

    /// <inheritdoc/>
    public Task<OperationResult> ClearScrollbackAsync(CancellationToken cancellationToken) =>
        DoAsync(client => TmuxKeys.ClearHistoryAsync(client, session.PaneId, cancellationToken));

    /// <inheritdoc/>
    public Task<string> ListProcessesAsync(CancellationToken cancellationToken) =>
        DoAsync(client => TmuxProcesses.ListAsync(client, reach.Runner, session.PaneId, cancellationToken));

    /// <inheritdoc/>
    public async Task<ICommandStream> AttachAsync(Size size, CancellationToken cancellationToken)
    {
        string[] attach = ["attach-session", "-t", session.Id];
        var client = reach.IsTooOld ? reach.Address.OneShot(attach) : reach.Address.Client(attach);
        return await reach.Transport.OpenAsync(client with { Terminal = size }, cancellationToken);
    }

    private async Task<T> DoAsync<T>(Func<ITmuxClient, Task<T>> work)
    {
        var client = reach.FindClient() ?? throw new TransportException(TransportFault.Cut, $"tmux on {reach.Address}: there is no link now; it is being opened again");
        try
        {
            return await work(client);
        }
        catch (TmuxException failure)
        {
            throw TmuxFailures.ToTransport(failure);
        }
    }

    // The screen of now: what the store knows of the activity may be seconds old.
    private bool StandsBeforeMenu(PlainScreen screen)
    {
        var (judged, _) = reach.Detection.Rules.Judge(AgentScreen.OfRows(screen.Rows), session.Command, ScreenMoment.Quiet);
        return judged.Activity == Activity.Blocked;
    }
}
