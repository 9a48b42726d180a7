using System.Collections.Immutable;
using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Transports;
using AgentDeck.Tui.Cli;

namespace AgentDeck.Testing;

/// <summary>An engine whose fleet the test decides: the real store, and doors that write down what was asked.</summary>
internal sealed class FakeFleet : IFleet, IFleetLauncher, ISessionOperations, IPaneFeed
{
    private readonly FleetStore _store;

    /// <summary>Creates an engine that knows <paramref name="fleet"/>.</summary>
    public FakeFleet(FleetSnapshot fleet, TimeProvider time)
    {
        _store = new FleetStore(time);
        _store.Apply(edit =>
        {
            edit.ArrangeSources(fleet.Sources);
            foreach (var source in fleet.Sources)
            {
                edit.SetSource(source);
            }

            foreach (var agent in fleet.Agents.Values.OrderBy(agent => agent.Id.ToString(), StringComparer.Ordinal))
            {
                edit.Set(agent);
            }
        });
    }

    /// <inheritdoc/>
    public IFleetStore Store => _store;

    /// <inheritdoc/>
    public ISessionOperations Operations => this;

    /// <inheritdoc/>
    public IPaneFeed Panes => this;

    /// <summary>What was asked, in order.</summary>
    public List<(AgentId Agent, SessionCommand Command)> Asked { get; } = [];

    /// <summary>The agents that were to be looked at, in order.</summary>
    public List<AgentId> Reached { get; } = [];

    /// <summary>How the next operations end.</summary>
    public OperationResult Result { get; set; } = new(OperationOutcome.Succeeded, "done");

    /// <summary>What agents show, by name.</summary>
    public Dictionary<string, PaneCapture> Captures { get; } = [];

    /// <summary>The configuration that the verb started with, or null before it did.</summary>
    public DeckConfiguration? Configuration { get; private set; }

    /// <summary>How far the verb wanted sources to look.</summary>
    public SourceDepth Depth { get; private set; }

    /// <summary>What the log of an agent's container is, or null where there is none.</summary>
    public Func<AgentId, LogQuery, string>? Log { get; set; }

    /// <summary>Whether the engine was ended.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Changes the fleet.</summary>
    public void Set(Agent agent) => _store.Apply(edit => edit.Set(agent));

    /// <inheritdoc/>
    public IFleet Observe(DeckConfiguration configuration, bool readOnly, SourceDepth depth, string? journalDirectory)
    {
        Depth = depth;
        Configuration = configuration;
        return this;
    }

    /// <inheritdoc/>
    public Task<bool> WaitUntilSettledAsync(TimeSpan patience, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task<bool> ReachAsync(AgentId agent, TimeSpan patience, CancellationToken cancellationToken)
    {
        Reached.Add(agent);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<OperationResult> ExecuteAsync(AgentId agent, SessionCommand command, CancellationToken cancellationToken)
    {
        Asked.Add((agent, command));
        return Task.FromResult(Result);
    }

    /// <inheritdoc/>
    public Task<ICommandStream> AttachAsync(AgentId agent, Size size, CancellationToken cancellationToken) =>
        throw new TransportException(TransportFault.Gone, $"{agent} has no session");

    /// <inheritdoc/>
    public Task<string> ListProcessesAsync(AgentId agent, CancellationToken cancellationToken) => Task.FromResult("");

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLogAsync(
        AgentId agent, LogQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return System.Text.Encoding.UTF8.GetBytes(Log?.Invoke(agent, query) ?? throw new TransportException(TransportFault.Denied, "a local agent has no container log"));
    }

    /// <inheritdoc/>
    public void Watch(ImmutableArray<AgentId> visible)
    {
    }

    /// <inheritdoc/>
    public PaneCapture? Latest(AgentId agent) => Captures.GetValueOrDefault(agent.ToString());

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImmutableArray<AgentId>> ReadChangesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    /// <inheritdoc/>
    public Task<PaneCapture> CaptureAsync(AgentId agent, int historyLines, CancellationToken cancellationToken) =>
        Captures.TryGetValue(agent.ToString(), out var capture)
            ? Task.FromResult(capture)
            : throw new TransportException(TransportFault.Gone, $"{agent} has no session");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
