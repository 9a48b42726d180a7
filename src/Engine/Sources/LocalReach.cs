using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// The ways to a tmux server that has many sessions: one client for all of them, and a stream of its own for each that is on
/// screen, because only the session that a stream is attached to tells it of output.
/// </summary>
/// <param name="address">The server.</param>
/// <param name="transport">Where it is.</param>
/// <param name="runner">Runs short commands there.</param>
/// <param name="findClient">The client of the moment, or null.</param>
/// <param name="detection">The rules by which screens are judged.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalReach(TmuxAddress address, IAgentTransport transport, ICommandRunner runner, Func<ITmuxClient?> findClient, DetectionInForce detection, TimeProvider time) : ITmuxReach
{
    /// <inheritdoc/>
    public TmuxAddress Address => address;

    /// <inheritdoc/>
    public IAgentTransport Transport => transport;

    /// <inheritdoc/>
    public ICommandRunner Runner => runner;

    /// <inheritdoc/>
    public DetectionInForce Detection => detection;

    /// <inheritdoc/>
    public bool IsTooOld => findClient() is TmuxOneShot;

    /// <inheritdoc/>
    public ITmuxClient? FindClient() => findClient();

    /// <inheritdoc/>
    public async Task<IPaneWatch> WatchAsync(AgentId agent, TmuxSession session, CancellationToken cancellationToken) =>
        findClient() is TmuxOneShot client
            ? new TmuxIntervalWatch(agent, client, session.PaneId, () => true, time)
            : new TmuxSessionWatch(agent, new TmuxOutputTap(await TmuxLink.OpenAsync(transport, address, session.Id, time, cancellationToken)), session.PaneId, ownsLink: true, time);
}
