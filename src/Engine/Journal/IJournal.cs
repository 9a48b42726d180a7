using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Journal;

/// <summary>
/// What the engine remembers across restarts. Memory is changed at once and in order, the disk follows. Safe from any thread. No
/// failure of the disk is an exception here: it is told by <see cref="Degraded"/> and by the answers of what waits for the disk.
/// </summary>
internal interface IJournal : IAsyncDisposable
{
    /// <summary>Raised with <see cref="Degraded"/> whenever that changes, on the thread that writes. Must neither throw nor wait.</summary>
    event Action<string?>? DegradedChanged;

    /// <summary>
    /// Raised after <see cref="Mode"/> or <see cref="HeldBy"/> changed: another engine writes now, or this one took over, and then <see cref="Current"/>
    /// is what the file held. Must neither throw nor wait.
    /// </summary>
    event Action? ModeChanged;

    /// <summary>Everything that is remembered now, what is not yet on disk included.</summary>
    JournalState Current { get; }

    /// <summary>What happens to what is recorded. Once <see cref="JournalMode.Writing"/> it stays so.</summary>
    JournalMode Mode { get; }

    /// <summary>Who writes the file instead, in words for the operator, while <see cref="JournalMode.Observing"/>; null otherwise.</summary>
    string? HeldBy { get; }

    /// <summary>Why nothing that is recorded now would survive a restart, in words for the operator; null when it would.</summary>
    string? Degraded { get; }

    /// <summary>
    /// Changes what is remembered of an agent and returns when that is on disk. A change that changes nothing writes nothing.
    /// </summary>
    /// <param name="agent">The agent; one of which nothing is remembered yet begins with <see cref="AgentRecord.New"/>.</param>
    /// <param name="change">Makes the new record out of the newest one; called once, under a lock: quick, and without calls to the journal.</param>
    /// <param name="cancellationToken">Ends the waiting; what is recorded stays recorded.</param>
    /// <returns>True when the disk holds it; false when the journal is degraded and only memory does.</returns>
    /// <exception cref="JournalException">The record is too long; nothing was changed.</exception>
    ValueTask<bool> RecordAsync(AgentId agent, Func<AgentRecord, AgentRecord> change, CancellationToken cancellationToken);

    /// <summary>The same without waiting for the disk.</summary>
    /// <exception cref="JournalException">The record is too long; nothing was changed.</exception>
    void Record(AgentId agent, Func<AgentRecord, AgentRecord> change);

    /// <summary>Remembers that something happened, without waiting for the disk.</summary>
    /// <param name="happened">Plain and redacted; the journal gives it its number.</param>
    /// <returns>The event as it is remembered.</returns>
    /// <exception cref="JournalException">The event is too long; it is not remembered.</exception>
    JournalledEvent RecordEvent(JournalledEvent happened);

    /// <summary>Forgets an agent, without waiting for the disk; its events stay.</summary>
    void Forget(AgentId agent);

    /// <summary>Forgets an agent; its events stay. Answers like <see cref="RecordAsync"/>.</summary>
    ValueTask<bool> ForgetAsync(AgentId agent, CancellationToken cancellationToken);

    /// <summary>Returns when everything recorded so far is on disk. A degraded journal tries its disk again at once. Answers like <see cref="RecordAsync"/>.</summary>
    ValueTask<bool> FlushAsync(CancellationToken cancellationToken);
}
