using AgentDeck.Engine.Domain;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Journal;

/// <content>
/// The way to the right to write, while another engine has it or the disk gives none: tried again and again. To wait for the lock inside the
/// kernel would cost a thread that nothing can wake, and one that was given up could take the lock after all.
/// </content>
internal sealed partial class FileJournal
{
    /// <summary>The longest first wait before the right to write is tried for again.</summary>
    internal static readonly TimeSpan FirstSeek = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait of all while another engine has it.</summary>
    internal static readonly TimeSpan LongestSeek = TimeSpan.FromSeconds(2);

    private async Task SeekAsync(Func<JournalStart?, JournalStart> open, Backoff backoff, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                await Task.Delay(backoff.Next(Mode == JournalMode.Observing ? LongestSeek : Backoff.Most), _time, cancellationToken);
            }
            while (!Seek(open));
        }
        catch (OperationCanceledException)
        {
        }
    }

    // True when there is nothing left to seek.
    private bool Seek(Func<JournalStart?, JournalStart> open)
    {
        var before = _start;
        JournalStart start;
        try
        {
            start = open(before);
        }
        catch (JournalException refused)
        {
            // Written meanwhile by a newer program, which may be gone by now: there is nobody to wait for.
            Stay(before with { Lock = new JournalLock(null, null), Degraded = refused.Message });
            LogRefused(_logger, refused.Message);
            return true;
        }

        if (start.Log is { } log)
        {
            TakeOver(start, log);
            return true;
        }

        // A disk that fails for a moment is no reason to forget that another engine keeps the agents.
        if (before.Mode == JournalMode.MemoryOnly || start.Mode == JournalMode.Observing)
        {
            Stay(start);
        }

        return false;
    }

    private void Stay(JournalStart start)
    {
        if ((start.Mode, start.Degraded) == (_start.Mode, _start.Degraded))
        {
            return;
        }

        lock (_gate)
        {
            (_start, _degraded) = (start, start.Degraded);
        }

        ModeChanged?.Invoke();
    }

    private void TakeOver(JournalStart start, JournalLog log)
    {
        lock (_gate)
        {
            _state = _start.Mode == JournalMode.Observing ? JournalHandover.AfterAnother(start.State, _state) : JournalHandover.AfterNobody(start.State, _state);
            (_start, _degraded) = (start, null);
            // By a snapshot, which holds what was added to the file's own.
            _pending.IsAsked = true;
        }

        LogTakenOver(_logger, start.State.Agents.Count);
        _writer = Task.Run(() => WriteAsync(log));
        Wake();
        ModeChanged?.Invoke();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the journal cannot be taken over: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "the journal is this engine's to write now; it remembers {Agents} agents")]
    private static partial void LogTakenOver(ILogger logger, int agents);
}
