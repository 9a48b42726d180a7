using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// One run of one pod's container, and the ways into it. A pod has one stream at most: what is on screen is followed over that
/// of its follower. While there is none, each command is a tmux of its own.
/// </summary>
/// <param name="agent">The agent that it runs.</param>
/// <param name="uid">The pod's uid.</param>
/// <param name="container">The container.</param>
/// <param name="sessionName">The tmux session of the agent.</param>
/// <param name="place">Where it is.</param>
/// <param name="transport">Runs commands in the container.</param>
/// <param name="time">The clock.</param>
internal sealed class PodReach(AgentId agent, string uid, PodContainer container, string sessionName, IContainerPlace place, IAgentTransport transport, TimeProvider time)
    : ITmuxReach
{
    private volatile TmuxOutputTap? _tap;
    private volatile bool _isTooOld;

    /// <summary>The pod.</summary>
    public string Uid => uid;

    /// <inheritdoc/>
    public IAgentTransport Transport => transport;

    /// <inheritdoc/>
    public ICommandRunner Runner { get; } = new StreamCommandRunner(transport, time);

    /// <summary>The tmux server in the container: the default one of its user.</summary>
    public TmuxAddress Address { get; } = new("default") { Turns = new PodTurns(time), ClientsLinger = true };

    /// <summary>The session's name.</summary>
    public string SessionName => sessionName;

    /// <summary>The session as a target that matches no other.</summary>
    public string Target => $"={sessionName}";

    /// <summary>Runs a command in the pod's own container, also while another one of its name has not ended yet.</summary>
    public ICommandRunner OwnRunner { get; init; } = new StreamCommandRunner(transport, time);

    /// <summary>Whether Gas City's controller may have left notes in the session.</summary>
    public bool HasMarks { get; init; }

    /// <inheritdoc/>
    public DetectionInForce Detection { get; init; } = new();

    /// <summary>Where the agent reports on itself, or null.</summary>
    public ScionInfoFile? Info { get; init; }

    /// <inheritdoc/>
    public bool IsTooOld
    {
        get => _isTooOld;
        set => _isTooOld = value;
    }

    /// <summary>The stream of the moment, set by whoever keeps it; null while there is none.</summary>
    public TmuxOutputTap? Tap
    {
        get => _tap;
        set => _tap = value;
    }

    /// <summary>Told when the agent comes on screen; disposing what it gives says that it left.</summary>
    public Func<IDisposable?> Show { get; set; } = () => null;

    /// <inheritdoc/>
    public ITmuxClient FindClient() => _tap?.Link ?? (ITmuxClient)OneShot();

    /// <summary>A client that needs no stream.</summary>
    public TmuxOneShot OneShot() => new(Runner, Address);

    /// <inheritdoc/>
    public Task<IPaneWatch> WatchAsync(AgentId agent, TmuxSession session, CancellationToken cancellationToken)
    {
        var shown = Show();
        IPaneWatch watch = _tap is { } tap
            ? new TmuxSessionWatch(agent, tap, session.PaneId, ownsLink: false, time)
            : new TmuxIntervalWatch(agent, OneShot(), session.PaneId, () => _tap is null, time);
        return Task.FromResult<IPaneWatch>(new ShownWatch(watch, shown));
    }

    /// <summary>A handle on a session.</summary>
    public IAgentSession HandleOf(TmuxSession session) => new TmuxAgentSession(agent, session, this, time);

    /// <summary>A handle on the container's log, where there is no tmux.</summary>
    public IAgentSession LogHandle() => new PodLogSession(agent, place, container, transport, time);
}
