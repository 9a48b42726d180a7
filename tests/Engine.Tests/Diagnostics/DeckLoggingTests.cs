#pragma warning disable CA1848, CA1873 // A test logs once.
using System.Text.Json;
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
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(state));
        }
    }

    [Fact]
    public void Lines_of_json_are_one_each_redacted_and_harmless_on_a_terminal()
    {
        using var output = new StringWriter();
        using (var log = DeckLogging.ToLines(output, LogLevel.Warning))
        {
            var logger = log.Factory.CreateLogger("Test");
            logger.LogError(new InvalidOperationException("password=hunter2"), "token={Token} \u001b[31m{Text}\n", "abc123", "hello");
            logger.LogInformation("too quiet");
        }

        var line = Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var document = JsonDocument.Parse(line);
        Assert.Equal(("agentdeck.log/v1", "error", "Test"), (Text("schema"), Text("level"), Text("logger")));
        Assert.Equal("token=*** \u001b[31mhello\n", Text("message"));
        Assert.Contains("password=***", Text("exception"), StringComparison.Ordinal);
        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain("abc123", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);

        string Text(string name) => document.RootElement.GetProperty(name).GetString()!;
    }

    [Fact]
    public void Decks_that_run_at_the_same_time_keep_each_others_lines()
    {
        using (var first = DeckLogging.Create(_folder, LogLevel.Information))
        using (var second = DeckLogging.Create(_folder, LogLevel.Information))
        {
            foreach (var number in Enumerable.Range(0, 20))
            {
                first.Factory.CreateLogger("First").LogInformation("first {Number}", number);
                second.Factory.CreateLogger("Second").LogInformation("second {Number}", number);
            }
        }

        var lines = File.ReadAllLines(Path.Combine(_folder, "agentdeck.log"));
        Assert.Equal(
            Enumerable.Range(0, 20).SelectMany(number => new[] { $"first {number}", $"second {number}" }),
            lines.Select(line => line[(line.IndexOf(' ', line.IndexOf(" INF ", StringComparison.Ordinal) + 5) + 1)..]));
    }

    [Fact]
    public void Only_the_newest_three_files_are_kept_and_none_grows_beyond_its_limit()
    {
        const int limit = 2000;
        using (var log = DeckLogging.Create(_folder, LogLevel.Information, limit))
        {
            foreach (var number in Enumerable.Range(0, 200))
            {
                log.Factory.CreateLogger("Test").LogInformation("line {Number}", number);
            }
        }

        var files = Directory.GetFiles(_folder);
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, limit + 200));
        Assert.Contains(files, file => File.ReadAllText(file).EndsWith("line 199\n", StringComparison.Ordinal));
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
