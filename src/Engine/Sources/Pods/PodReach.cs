using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>One run of one pod's container, and the ways into it.</summary>
/// <param name="agent">The agent that it runs.</param>
/// <param name="uid">The pod's uid.</param>
/// <param name="container">The container.</param>
/// <param name="sessionName">The tmux session of the agent.</param>
/// <param name="api">The cluster.</param>
/// <param name="transport">Runs commands in the container.</param>
/// <param name="time">The clock.</param>
internal sealed class PodReach(AgentId agent, string uid, PodContainer container, string sessionName, IKubernetesApi api, IAgentTransport transport, TimeProvider time)
{
    /// <summary>The pod.</summary>
    public string Uid => uid;

    /// <summary>Runs commands in the container.</summary>
    public IAgentTransport Transport => transport;

    /// <summary>The tmux server in the container: the default one of its user.</summary>
    public TmuxAddress Address { get; } = new("default");

    /// <summary>The session's name.</summary>
    public string SessionName => sessionName;

    /// <summary>The session as a target that matches no other.</summary>
    public string Target => $"={sessionName}";

    /// <summary>Whether Gas City's controller may have left notes in the session.</summary>
    public bool HasMarks { get; init; }

    /// <summary>Where the agent reports on itself, or null.</summary>
    public ScionInfoFile? Info { get; init; }

    /// <summary>The link of the moment, or null while there is none.</summary>
    public Func<TmuxLink?> FindLink { get; set; } = () => null;

    /// <summary>Told when the agent comes on screen.</summary>
    public Action Shown { get; set; } = () => { };

    /// <summary>A handle on a session.</summary>
    public IAgentSession HandleOf(TmuxSession session) =>
        new TmuxAgentSession(agent, session, Address, transport, new StreamCommandRunner(transport, time), () => FindLink(), time, () => Shown());

    /// <summary>A handle on the container's log, where there is no tmux.</summary>
    public IAgentSession LogHandle() => new PodLogSession(agent, api, container, transport, time);
}
