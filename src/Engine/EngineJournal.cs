using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine;

/// <summary>The journal of an engine, or none: what is remembered, whether this engine keeps what is declared, and what to say of it.</summary>
internal sealed class EngineJournal : IAsyncDisposable
{
    private readonly IJournal? _journal;
    private readonly string? _refusal;

    private EngineJournal(IJournal? journal, string? refusal)
    {
        _journal = journal;
        _refusal = refusal;
        Memory = journal is null ? new PassingMemory() : new JournalMemory(journal);
        if (journal is not null)
        {
            journal.DegradedChanged += _ => Changed?.Invoke();
        }
    }

    /// <summary>What is to be said of it changed; raised on the thread that writes.</summary>
    public event Action? Changed;

    /// <summary>What is remembered of agents.</summary>
    public IUpkeepMemory Memory { get; }

    /// <summary>Whether this engine keeps what is declared: not while another one does, nor without the memory of what was asked for.</summary>
    public bool MayEnforce => _refusal is null && _journal?.Mode != JournalMode.Observing;

    /// <summary>What the operator should know, or null.</summary>
    public string? Notice => _refusal
        ?? (_journal is { Mode: JournalMode.Observing, HeldBy: { } holder } ? $"declared agents are kept by {holder}; this deck looks, and does what it is asked"
            : _journal?.Degraded);

    /// <summary>Opens the journal that the host names.</summary>
    public static EngineJournal Open(EngineOptions options)
    {
        if (options.JournalDirectory is not { } folder || options.ReadOnly || options.ObserveOnly)
        {
            return new EngineJournal(null, null);
        }

        try
        {
            var program = $"agentdeck {typeof(EngineJournal).Assembly.GetName().Version?.ToString(3)}";
            return new EngineJournal(FileJournal.Open(folder, program, options.TimeProvider, options.Jitter, options.LoggerFactory.CreateLogger<FileJournal>()), null);
        }
        catch (JournalException refused)
        {
            return new EngineJournal(null, $"declared agents are not kept: {refused.Message}");
        }
    }

    /// <summary>Writes down what happens, until cancelled.</summary>
    public Task WriteAsync(IFleetStore store, CancellationToken cancellationToken) =>
        _journal is null ? Task.CompletedTask : new JournalScribe(store, _journal).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _journal?.DisposeAsync() ?? ValueTask.CompletedTask;
}
