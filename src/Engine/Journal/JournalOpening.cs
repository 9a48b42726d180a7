using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Journal;

/// <summary>Looks into a journal's folder.</summary>
internal static partial class JournalOpening
{
    /// <summary>Takes the lock and reads the file; writes nothing but the lock's file.</summary>
    /// <exception cref="JournalException">The file has a newer format.</exception>
    public static JournalStart Start(IJournalFiles files, string program, JournalLimits limits, TimeProvider time, ILogger logger)
    {
        var path = files.PathOf(JournalLog.FileName);
        var mine = default(JournalLock);
        try
        {
            files.Prepare();
            mine = files.Lock(new JournalHolder(Environment.ProcessId, Environment.MachineName, program, time.GetUtcNow()));
            var bytes = files.Read(JournalLog.FileName) ?? [];
            var content = new JournalReader(bytes, path).Read();
            if (mine.HeldBy is { } holder)
            {
                return new JournalStart(JournalMode.Observing, content.State, mine, null, false, $"{holder} writes {path}");
            }

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
            LogUnusable(logger, path, failure.Message);
            return new JournalStart(
                JournalMode.MemoryOnly, JournalState.Empty, new JournalLock(null, null), null, false,
                $"{path} cannot be used: {failure.Message} Make it readable and writable and start again.");
        }
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
