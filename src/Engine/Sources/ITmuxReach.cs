using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources;

/// <summary>The ways of the moment to one tmux server. Safe to use from any thread.</summary>
internal interface ITmuxReach
{
    /// <summary>The server.</summary>
    TmuxAddress Address { get; }

    /// <summary>Where the server is.</summary>
    IAgentTransport Transport { get; }

    /// <summary>Runs short commands there.</summary>
    ICommandRunner Runner { get; }

    /// <summary>The rules by which screens are judged.</summary>
    DetectionInForce Detection { get; }

    /// <summary>Whether its tmux is older than 3.2: no stream can be kept to it.</summary>
    bool IsTooOld { get; }

    /// <summary>Who has commands done now, or null while nobody can.</summary>
    ITmuxClient? FindClient();

    /// <summary>Follows the pane of a session on screen.</summary>
    /// <exception cref="TmuxException">There is no way to it now.</exception>
    Task<IPaneWatch> WatchAsync(AgentId agent, TmuxSession session, CancellationToken cancellationToken);
}
