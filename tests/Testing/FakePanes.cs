using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Testing;

/// <summary>Live screens that the test decides.</summary>
public sealed class FakePanes : IPaneFeed
{
    private readonly ConcurrentDictionary<AgentId, PaneCapture> _latest = new();
    private readonly Channel<ImmutableArray<AgentId>> _changes = Channel.CreateUnbounded<ImmutableArray<AgentId>>();

    /// <summary>Something that a test can see changed; raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>What was asked to be watched, in order.</summary>
    public ConcurrentQueue<ImmutableArray<AgentId>> Watched { get; } = new();

    /// <summary>What a look with history gives, or null when it cannot be had.</summary>
    public Func<AgentId, int, PaneCapture>? History { get; set; }

    /// <summary>A pane shows something else.</summary>
    public void Show(PaneCapture capture)
    {
        _latest[capture.Agent] = capture;
        _changes.Writer.TryWrite([capture.Agent]);
    }

    /// <inheritdoc/>
    public void Watch(ImmutableArray<AgentId> visible)
    {
        Watched.Enqueue(visible);
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public PaneCapture? Latest(AgentId agent) => _latest.GetValueOrDefault(agent);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImmutableArray<AgentId>> ReadChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    /// <inheritdoc/>
    public Task<PaneCapture> CaptureAsync(AgentId agent, int historyLines, CancellationToken cancellationToken) =>
        History is { } history ? Task.FromResult(history(agent, historyLines)) : Task.FromException<PaneCapture>(new TransportException(TransportFault.Gone, $"{agent} has no session"));
}
