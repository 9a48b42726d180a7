using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// One place where agents live. A source writes what it observes to the store and does what it is told; it decides nothing
/// on its own. Safe to call from any thread. Disposing ends observation and leaves the agents as they are.
/// </summary>
internal interface IAgentSource : IAsyncDisposable
{
    /// <summary>Its name in <c>agents.toml</c>.</summary>
    string Name { get; }

    /// <summary>Whether declared agents may be started here; false where nothing may be started unasked.</summary>
    bool MayStart { get; }

    /// <summary>How many agents are started here at the same time.</summary>
    int StartsAtOnce { get; }

    /// <summary>How long the end of an agent may take to be seen after <see cref="KillAsync"/>.</summary>
    TimeSpan KillGrace { get; }

    /// <summary>
    /// Completes when the source gave its first full answer: its agents with their activities, or that it cannot be reached.
    /// Never fails.
    /// </summary>
    Task FirstAnswer { get; }

    /// <summary>
    /// Has an agent's session looked at where only the list was asked for, and followed from now on. Completes with its first answer,
    /// whatever that is; at once where sessions are looked at anyway.
    /// </summary>
    Task ReachAsync(AgentId agent, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Observes until cancelled, through any number of lost links.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the agents that are declared for this source. A session whose declaration went stays, as discovered.</summary>
    void Declare(ImmutableArray<AgentSpec> agents);

    /// <summary>Shows the source as out of reach from now on, whatever else is told about it: nobody observes any more.</summary>
    /// <param name="error">What happened and what to do.</param>
    void Fail(string error);

    /// <summary>The live session of an agent, or null when it has none that is known.</summary>
    IAgentSession? FindSession(AgentId agent);

    /// <summary>Starts a declared agent and returns when its session was seen. One that runs already is success.</summary>
    /// <exception cref="Transports.TransportException">It could not be started; the message says why.</exception>
    Task StartAsync(AgentId agent, CancellationToken cancellationToken);

    /// <summary>Notes that the end to come is wanted, so that it counts as stopped and not as failed.</summary>
    /// <exception cref="Transports.TransportException">The source could not be reached.</exception>
    Task AnnounceStopAsync(AgentId agent, CancellationToken cancellationToken);

    /// <summary>Takes back what <see cref="AnnounceStopAsync"/> noted, because the stop was not carried out. Never fails.</summary>
    Task WithdrawStopAsync(AgentId agent);

    /// <summary>Ends an agent by force.</summary>
    /// <exception cref="Transports.TransportException">The source could not be reached.</exception>
    Task KillAsync(AgentId agent, CancellationToken cancellationToken);
}
