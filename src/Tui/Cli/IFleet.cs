using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Store;

namespace AgentDeck.Tui.Cli;

/// <summary>A running engine by its three doors. Disposing ends the engine; agents go on.</summary>
internal interface IFleet : IAsyncDisposable
{
    /// <summary>What is known.</summary>
    IFleetStore Store { get; }

    /// <summary>What can be done.</summary>
    ISessionOperations Operations { get; }

    /// <summary>What agents show.</summary>
    IPaneFeed Panes { get; }

    /// <summary>Waits until every source gave its first full answer or told that it cannot; false when <paramref name="patience"/> ran out first.</summary>
    Task<bool> WaitUntilSettledAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Has one agent looked at where only the list was asked for; false when <paramref name="patience"/> ran out first.</summary>
    Task<bool> ReachAsync(AgentId agent, TimeSpan patience, CancellationToken cancellationToken);
}
