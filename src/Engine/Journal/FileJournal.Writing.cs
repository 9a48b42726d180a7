using AgentDeck.Engine.Domain;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Journal;

/// <content>The task that writes.</content>
internal sealed partial class FileJournal
{
    private async Task WriteAsync(JournalLog log)
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync())
            {
                _wake.Reader.TryRead(out _);
                WritePending(log);
            }

            WritePending(log);
            if (_degraded is null && log.HasEntries)
            {
                Tell(_degraded, Attempt(() => log.WriteSnapshot(_state)));
            }
        }
        finally
        {
            log.Dispose();
            lock (_gate)
            {
                _isClosed = true;
            }

            _writing?.End(false);
            _pending.End(false);
        }
    }

    // While the disk fails one try is enough: the next is the timer's, that of somebody who asks, or the last one.
    private void WritePending(JournalLog log)
    {
        while (TryTake(out var batch, out var state) && TryWrite(log, batch, state))
        {
        }
    }

    private bool TryTake(out JournalBatch batch, out JournalState state)
    {
        lock (_gate)
        {
            (batch, state) = (_pending, _state);
            if (_degraded is null ? batch.IsEmpty : !batch.IsAsked && !_isClosed)
            {
                return false;
            }

            (_pending, _writing) = (new JournalBatch(), batch);
            return true;
        }
    }

    private bool TryWrite(JournalLog log, JournalBatch batch, JournalState state)
    {
        var trouble = Attempt(() => log.Write(batch, state));
        var before = _degraded;
        var stranded = default(JournalBatch);
        lock (_gate)
        {
            _writing = null;
            _degraded = trouble;
            if (trouble is not null)
            {
                // Their lines are not missed: the next write is a snapshot.
                (stranded, _pending) = (_pending, new JournalBatch());
            }
        }

        if (trouble is null)
        {
            _backoff.Reset();
        }
        else
        {
            _retry.Change(_backoff.Next(), Timeout.InfiniteTimeSpan);
        }

        batch.End(trouble is null);
        stranded?.End(false);
        Tell(before, trouble);
        return trouble is null;
    }

    private void Tell(string? before, string? trouble)
    {
        if (before == trouble)
        {
            return;
        }

        if (trouble is null)
        {
            LogHealed(_logger);
        }
        else
        {
            LogDegraded(_logger, trouble);
        }

        DegradedChanged?.Invoke(trouble);
    }

    private static string? Attempt(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return PlainText.Sanitize(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the journal cannot be written, so what happens now is not remembered across a restart: {Reason}")]
    private static partial void LogDegraded(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "the journal is written again and holds everything")]
    private static partial void LogHealed(ILogger logger);
}
