using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Store;

namespace AgentDeck.Tui.Cli;

/// <summary>Starts the real engine.</summary>
internal sealed class EngineLauncher(TimeProvider time) : IFleetLauncher
{
    /// <inheritdoc/>
    public IFleet Observe(DeckConfiguration configuration, bool readOnly, SourceDepth depth, string? journalDirectory) =>
        new EngineFleet(FleetEngine.Start(configuration, [], new EngineOptions
        {
            ObserveOnly = true,
            ReadOnly = readOnly,
            JournalDirectory = journalDirectory,
            Depth = depth,
            TimeProvider = time,
            Redact = Redactor.Redact,
        }));

    private sealed class EngineFleet(FleetEngine engine) : IFleet
    {
        public IFleetStore Store => engine.Store;

        public ISessionOperations Operations => engine.Operations;

        public IPaneFeed Panes => engine.Panes;

        public Task<bool> WaitUntilSettledAsync(TimeSpan patience, CancellationToken cancellationToken) =>
            engine.WaitUntilSettledAsync(patience, cancellationToken);

        public Task<bool> ReachAsync(AgentId agent, TimeSpan patience, CancellationToken cancellationToken) => engine.ReachAsync(agent, patience, cancellationToken);

        public ValueTask DisposeAsync() => engine.DisposeAsync();
    }
}
