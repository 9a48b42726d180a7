using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Notifications;
using AgentDeck.Engine.Processes;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Notifications;

public sealed class CommandChannelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-notify-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger _log = new();

    private string Written => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_shell_line_finds_the_words_in_its_environment_and_everything_on_its_standard_input()
    {
        await TellAsync(Notes.Of("here/a asks: $(touch /x) \"; exit 9"), "sh", "-c",
            $"printf '%s|%s|%s|%s|%s\\n' \"$AGENTDECK_EVENT_KIND\" \"$AGENTDECK_EVENT_AGENT\" \"$AGENTDECK_EVENT_PHASE\" \"$AGENTDECK_EVENT_REASON\" \"$AGENTDECK_EVENT_MESSAGE\" > {Written}; cat >> {Written}");

        Assert.Equal(
            [
                "needs-input|here/a|running|a menu|here/a asks: $(touch /x) \"; exit 9",
                "{\"id\":\"ID\",\"time\":\"2026-11-21T14:00:00.000Z\",\"kind\":\"needs-input\",\"agent\":\"here/a\",\"phase\":\"running\",\"reason\":\"a menu\",\"message\":\"here/a asks: $(touch /x) \\u0022; exit 9\"}",
            ],
            (await File.ReadAllLinesAsync(Written)).Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\"id\":\"[0-9a-f]{32}\"", "\"id\":\"ID\"")));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_program_with_arguments_gets_them_as_they_are()
    {
        await TellAsync(Notes.Of("m"), "cp", "/dev/stdin", Written);

        Assert.Contains("\"message\":\"m\"", await File.ReadAllTextAsync(Written));
    }

    [Fact]
    public async Task One_that_fails_or_is_missing_is_logged_without_its_words()
    {
        await TellAsync(Notes.Of("m"), "sh", "-c", ": hunter2; exit 7");
        await TellAsync(Notes.Of("m"), "/nowhere/at-all");

        Assert.Collection(
            _log.Entries,
            line => Assert.Equal("Warning: the command for notifications failed: it ended with exit code 7", line),
            line => Assert.Contains("was not found", line));
        Assert.DoesNotContain(_log.Entries, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_does_not_end_is_killed_after_ten_seconds()
    {
        _time.TimerSet += () => _ = Task.Run(() => _time.AdvanceToNextTimer(within: CommandChannel.Limit));

        await TellAsync(Notes.Of("m"), "sh", "-c", "exec sleep 1000");

        Assert.Contains("did not end within 10 seconds and was killed", Assert.Single(_log.Entries));
        Assert.Equal(CommandChannel.Limit, _time.GetUtcNow() - Fleets.Now);
    }

    [Fact]
    public async Task Without_a_command_nothing_is_run()
    {
        await new CommandChannel(new FakeCommandRunner(), _log).TellAsync(Notes.Of("m"), new NotifySettings(), CancellationToken.None);

        Assert.Empty(_log.Entries);
    }

    private Task TellAsync(Notification notification, params string[] command) =>
        new CommandChannel(new LocalCommandRunner(_time), _log).TellAsync(notification, new NotifySettings { Command = [.. command] }, CancellationToken.None);
}
