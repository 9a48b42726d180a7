using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Tui.Cli;

/// <summary>Tells of what nobody expected: one line for the operator, everything else into the log.</summary>
internal static partial class CrashReport
{
    /// <summary>Writes the log and prints the line. The terminal must be restored already.</summary>
    public static void Write(Exception unexpected, ICliConsole console, Func<string, string?> environment)
    {
        using var log = DeckLogging.Create(UserDirectories.From(environment).State, LogLevel.Error);
        var logger = log.Factory.CreateLogger(nameof(CrashReport));
        Crashed(logger, unexpected);
        var where = log.File is { } file ? $"details are in {file}" : log.Notice;
        console.Error.WriteLine($"agentdeck: internal error: {VerbContext.Plain(Redactor.Redact(unexpected.Message))} ({unexpected.GetType().Name}); {where}");
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The program ended by an unexpected exception.")]
    private static partial void Crashed(ILogger logger, Exception unexpected);
}
