using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace AgentDeck.Engine.Diagnostics;

/// <summary>Logs to a file, never to the terminal. A full disk or an unwritable folder costs log lines and nothing else.</summary>
public static class DeckLogging
{
    private const long MaximumBytesPerFile = 4 << 20;
    private const int MostFiles = 3;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Opens <c>agentdeck.log</c>: three files of 4 MiB at most, every line without secrets, in a folder that is the
    /// operator's alone. Several decks write to the same files.
    /// </summary>
    /// <param name="stateDirectory">The folder; made when absent.</param>
    /// <param name="level">The least severe level that is written.</param>
    public static DeckLog Create(string stateDirectory, LogLevel level) => Create(stateDirectory, level, MaximumBytesPerFile);

    /// <summary>The same with files of another size.</summary>
    internal static DeckLog Create(string stateDirectory, LogLevel level, long bytesPerFile)
    {
        var file = Path.Combine(stateDirectory, "agentdeck.log");
        if (level == LogLevel.None)
        {
            return new DeckLog(NullLoggerFactory.Instance, null, null);
        }

        try
        {
            Prepare(stateDirectory, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new DeckLog(NullLoggerFactory.Instance, null, $"no log is written: {error.Message} Make {stateDirectory} writable, or set XDG_STATE_HOME.");
        }

        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(Severity(level))
            .WriteTo.File(new RedactingFormatter(), file, fileSizeLimitBytes: bytesPerFile, rollOnFileSizeLimit: true,
                retainedFileCountLimit: MostFiles, shared: true)
            .CreateLogger();
        return new DeckLog(new SerilogLoggerFactory(logger, dispose: true), file, null);
    }

    /// <summary>Logs to a writer instead, one line of JSON an event (schema <c>agentdeck.log/v1</c>), without secrets.</summary>
    /// <param name="output">Where to; safe for several threads. It is not closed.</param>
    /// <param name="level">The least severe level that is written.</param>
    public static DeckLog ToLines(TextWriter output, LogLevel level) => level == LogLevel.None
        ? new DeckLog(NullLoggerFactory.Instance, null, null)
        : new DeckLog(
            new SerilogLoggerFactory(new LoggerConfiguration().MinimumLevel.Is(Severity(level)).WriteTo.Sink(new JsonLineSink(output)).CreateLogger(), dispose: true), null, null);

    // Serilog is silent about a file that it cannot open, so it is tried first.
    private static void Prepare(string stateDirectory, string file)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(stateDirectory);
        }
        else
        {
            Directory.CreateDirectory(stateDirectory, OwnerOnly);
            File.SetUnixFileMode(stateDirectory, OwnerOnly);
        }

        using var probe = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
    }

    private static LogEventLevel Severity(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Fatal,
    };
}
