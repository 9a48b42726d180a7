using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Notifications;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Engine.Store;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine;

/// <summary>The journal of an engine, or none: what is remembered, whether this engine keeps what is declared, and what to say of it.</summary>
internal sealed class EngineJournal : IAsyncDisposable
{
    private const int MostPast = 500;

    private readonly IJournal? _journal;
    private readonly JournalHolder _self;
    private readonly string? _refusal;
    private readonly JournalInbox? _inbox;
    private readonly JournalState _read;
    private readonly Lazy<ImmutableDictionary<AgentId, AgentRecord>> _recalled;

    private EngineJournal(IJournal? journal, JournalHolder self, JournalInbox? inbox, string? refusal, JournalState? read = null, FleetHistory? history = null)
    {
        (_journal, _self, _inbox, _refusal, _read) = (journal, self, inbox, refusal, read ?? JournalState.Empty);
        // Whoever only looks has nothing to say of a journal that cannot be read.
        _recalled = new(() => AfterAllThatWasDone(history is null ? _read : Read(history, out _)));
        Memory = journal is null ? new PassingMemory() : new JournalMemory(journal);
        if (journal is not null)
        {
            journal.DegradedChanged += _ => Changed?.Invoke();
            journal.ModeChanged += () => Changed?.Invoke();
        }
    }

    /// <summary>What is to be said of it changed, or <see cref="MayEnforce"/>, or <see cref="Keeper"/>; raised on the thread that works on the journal.</summary>
    public event Action? Changed;

    /// <summary>What is remembered of agents.</summary>
    public IUpkeepMemory Memory { get; }

    /// <summary>The last things that happened under engines before this one, oldest first.</summary>
    public IReadOnlyList<FleetEvent> Past => [.. Remembered.Events.Select(happened => happened.What).OfType<FleetEvent>().TakeLast(MostPast)];

    /// <summary>Who has seen what an agent wanted last, or null.</summary>
    public Acknowledgement? Acknowledged(AgentId agent) => Remembered.Agents.GetValueOrDefault(agent)?.Acknowledged;

    /// <summary>Which notifications were told.</summary>
    public INotificationMemory Told => _journal is null ? new PassingNotificationMemory() : new JournalNotificationMemory(_journal);

    /// <summary>Whether this engine keeps what is declared: not while another one does, nor without the memory of what was asked for.</summary>
    public bool MayEnforce => _refusal is null && _journal?.Mode != JournalMode.Observing;

    /// <summary>Who keeps what is declared, in words, and whether that is this engine; null when it is not known.</summary>
    public (string? Name, bool IsSelf) Keeper => _journal is { Mode: JournalMode.Writing } ? (_self.ToString(), true) : (_journal?.HeldBy, false);

    /// <summary>What the operator should know, or null.</summary>
    public string? Notice => _refusal
        ?? (_journal is { Mode: JournalMode.Observing, HeldBy: { } holder }
            ? $"declared agents are kept by {holder}; this deck looks, does what it is asked, and takes over when that one ends"
            : _journal?.Degraded);

    /// <summary>What an agent wrote of itself when that was last read, by this engine or one before it, or null.</summary>
    public AgentReport? FindReport(AgentId agent) => Remembered.Agents.GetValueOrDefault(agent)?.Report;

    /// <summary>How an engine before this one, or beside it, knew an agent of which nothing is left to be seen; null when none did.</summary>
    public PhaseJudgement? Recall(AgentId agent) =>
        RememberedPhase.Of(_journal is not null ? Memory.Peek(agent) : _recalled.Value.GetValueOrDefault(agent, AgentRecord.New).Upkeep);

    // Who may write nothing has what there was when it began.
    private JournalState Remembered => _journal?.Current ?? _read;

    /// <summary>Opens the journal that the host names.</summary>
    public static EngineJournal Open(EngineOptions options)
    {
        var program = $"agentdeck {typeof(EngineJournal).Assembly.GetName().Version?.ToString(3)}";
        var self = new JournalHolder(Environment.ProcessId, Environment.MachineName, program, options.TimeProvider.GetUtcNow());
        if (options.JournalDirectory is not { } folder || options is { ReadOnly: true, ObserveOnly: true })
        {
            return new EngineJournal(null, self, null, null);
        }

        if (options.ReadOnly)
        {
            return Look(new FleetHistory(folder, options.TimeProvider), self);
        }

        var inbox = new JournalInbox(folder);
        if (options.ObserveOnly)
        {
            return new EngineJournal(null, self, inbox, null, null, new FleetHistory(folder, options.TimeProvider));
        }

        try
        {
            var journal = FileJournal.Open(folder, program, options.TimeProvider, options.Jitter, options.LoggerFactory.CreateLogger<FileJournal>());
            RememberWhatWasDone(journal, inbox);
            return new EngineJournal(journal, self, inbox, null);
        }
        catch (JournalException refused)
        {
            return new EngineJournal(null, self, inbox, $"declared agents are not kept: {refused.Message}");
        }
    }

    private static EngineJournal Look(FleetHistory history, JournalHolder self)
    {
        var read = Read(history, out var failure);
        return new EngineJournal(null, self, null, failure is null ? null : $"what happened before is not known: {failure}", read);
    }

    private static JournalState Read(FleetHistory history, out string? failure)
    {
        try
        {
            failure = null;
            return history.ReadState();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            failure = unreadable.Message;
            return JournalState.Empty;
        }
    }

    private static ImmutableDictionary<AgentId, AgentRecord> AfterAllThatWasDone(JournalState state) =>
        state.Events.Select(happened => happened.What).OfType<OperationFinished>()
            .Aggregate(state.Agents, static (agents, done) => agents.SetItem(done.Id, After(agents.GetValueOrDefault(done.Id, AgentRecord.New), done)));

    private static AgentRecord After(AgentRecord record, OperationFinished done) => record with { Upkeep = RememberedPhase.After(record.Upkeep, done) };

    // Before anything is seen: of what operators did since the last engine ended there may be nothing left to see.
    private static void RememberWhatWasDone(FileJournal journal, JournalInbox inbox)
    {
        foreach (var done in journal.Mode == JournalMode.Writing ? inbox.Read().Select(waiting => waiting.Happened.What).OfType<OperationFinished>() : [])
        {
            journal.Record(done.Id, record => After(record, done));
        }
    }

    /// <summary>Writes down what happens, until cancelled.</summary>
    public Task WriteAsync(FleetStore store, CancellationToken cancellationToken) =>
        _inbox is null ? Task.CompletedTask : new JournalScribe(store, _journal, _inbox).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _journal?.DisposeAsync() ?? ValueTask.CompletedTask;
}
