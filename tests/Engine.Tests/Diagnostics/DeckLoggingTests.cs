#pragma warning disable CA1848, CA1873 // A test logs once.
using AgentDeck.Engine.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Tests.Diagnostics;

public sealed class DeckLoggingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-log").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Lines_are_redacted_harmless_on_a_terminal_and_private()
    {
        var state = Path.Combine(_folder, "state", "agentdeck");
        var log = DeckLogging.Create(state, LogLevel.Information);
        using (log)
        {
            var logger = log.Factory.CreateLogger("Test");
            logger.LogInformation("token={Token} \u001b[31m{Text}", "abc123", "hello");
            logger.LogDebug("too quiet");
        }

        var text = File.ReadAllText(log.File!);
        Assert.Null(log.Notice);
        Assert.Contains("token=", text, StringComparison.Ordinal);
        Assert.Contains("hello", text, StringComparison.Ordinal);
        Assert.DoesNotContain("abc123", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("too quiet", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log.File!));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(state));
        }
    }

    [Fact]
    public void Folder_that_cannot_be_made_gives_a_notice_and_silent_loggers()
    {
        var blocked = Path.Combine(_folder, "file");
        File.WriteAllText(blocked, "");

        using var log = DeckLogging.Create(Path.Combine(blocked, "state"), LogLevel.Debug);
        log.Factory.CreateLogger("Test").LogError("lost");

        Assert.Contains("no log is written", log.Notice, StringComparison.Ordinal);
        Assert.Null(log.File);
    }
}
