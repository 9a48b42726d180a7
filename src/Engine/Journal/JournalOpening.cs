using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Journal;

/// <summary>Looks into a journal's folder.</summary>
internal static partial class JournalOpening
{
    /// <summary>Takes the lock and reads the file; writes nothing but the lock's file.</summary>
    /// <param name="files">The folder.</param>
    /// <param name="program">Who opens it.</param>
    /// <param name="limits">Where the journal draws its lines.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes a line for each repair.</param>
    /// <param name="before">What the last try came to, whose state stays when this one is no better; null for the first.</param>
    /// <exception cref="JournalException">The file has a newer format.</exception>
    public static JournalStart Start(IJournalFiles files, string program, JournalLimits limits, TimeProvider time, ILogger logger, JournalStart? before = null)
    {
        var path = files.PathOf(JournalLog.FileName);
        var mine = default(JournalLock);
        try
        {
            files.Prepare();
            mine = files.Lock(new JournalHolder(Environment.ProcessId, Environment.MachineName, program, time.GetUtcNow()));
            if (mine.HeldBy is { } holder)
            {
                // What operators asked the other for is the other's to carry out.
                var known = before?.State ?? Read(files, path, out _).State.WithoutRequests();
                return new JournalStart(JournalMode.Observing, known, mine, null, false, $"{holder} writes {path}");
            }

            var content = Read(files, path, out var bytes);
            files.Delete(JournalLog.TemporaryName);
            var log = new JournalLog(files, program, limits, time);
            Report(content, log, bytes, path, logger);
            return new JournalStart(JournalMode.Writing, content.State, mine, log, content.Flaw != JournalFlaw.None, null);
        }
        catch (JournalException)
        {
            mine?.Dispose();
            throw;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mine?.Dispose();
            var degraded = $"{path} cannot be used: {failure.Message} Make it readable and writable.";
            if (before?.Degraded != degraded)
            {
                LogUnusable(logger, path, failure.Message);
            }

            return new JournalStart(JournalMode.MemoryOnly, before?.State ?? JournalState.Empty, new JournalLock(null, null), null, false, degraded);
        }
    }

    private static JournalContent Read(IJournalFiles files, string path, out byte[] bytes)
    {
        bytes = files.Read(JournalLog.FileName) ?? [];
        return new JournalReader(bytes, path).Read();
    }

    private static void Report(JournalContent content, JournalLog log, byte[] bytes, string path, ILogger logger)
    {
        if (content.Flaw == JournalFlaw.Torn)
        {
            LogTorn(logger, path, content.FlawedLine);
        }
        else if (content.Flaw == JournalFlaw.Damaged)
        {
            log.KeepAside(bytes);
            LogDamaged(logger, path, content.FlawedLine);
        }

        if (!content.State.Foreign.IsEmpty)
        {
            LogForeign(logger, path, content.State.Foreign.Length);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: line {Line} was not written to its end and is cut off")]
    private static partial void LogTorn(ILogger logger, string path, int line);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} is damaged in line {Line}: what stands before it is used, the whole file is kept beside it")]
    private static partial void LogDamaged(ILogger logger, string path, int line);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: {Lines} lines of a newer program are kept as they are")]
    private static partial void LogForeign(ILogger logger, string path, int lines);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} cannot be used, so nothing is remembered across restarts: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string path, string reason);
}
