using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class NotifyReaderTests
{
    private static readonly ConfigurationLoader Loader = new(new TomlReader(), new UserDirectories("/home/ann", "/home/ann/.config/agentdeck", "/state"));

    [Fact]
    public void Nothing_said_means_everything_is_told_and_the_terminal_stays_calm()
    {
        var settings = Load("").Configuration!.Notify;

        Assert.Equal(Enum.GetValues<NotificationKind>(), settings.On);
        Assert.Equal((false, false, 0), (settings.Bell, settings.Desktop, settings.Command.Length));
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var settings = Load("""
            [notify]
            on = ["failed", "needs-input", "stalled", "gone", "completed"]
            bell = true
            desktop = true
            command = "notify-send \"$AGENTDECK_EVENT_MESSAGE\""
            """).Configuration!.Notify;

        Assert.Equal([NotificationKind.Failed, NotificationKind.NeedsInput, NotificationKind.Stalled, NotificationKind.Gone, NotificationKind.Completed], settings.On.AsEnumerable());
        Assert.Equal((true, true), (settings.Bell, settings.Desktop));
        Assert.Equal(["sh", "-c", "notify-send \"$AGENTDECK_EVENT_MESSAGE\""], settings.Command.AsEnumerable());
        Assert.Equal(["curl", "-d", "@-"], Load("[notify]\ncommand = [\"curl\", \"-d\", \"@-\"]").Configuration!.Notify.Command.AsEnumerable());
        Assert.Empty(Load("[notify]\non = []").Configuration!.Notify.On);
    }

    [Theory]
    [InlineData("on = [\"failed\", \"need-input\"]", "t:2:17: error: on = \"need-input\" in [notify]: did you mean needs-input?")]
    [InlineData("on = [1]", "t:2:7: error: on = 1 in [notify]: expected one of needs-input, failed, completed, stalled, gone, in quotes")]
    [InlineData("on = \"failed\"", "t:2:6: error: on = \"failed\" in [notify]: expected an array of needs-input")]
    [InlineData("bell = \"yes\"", "t:2:8: error: bell = \"yes\" in [notify]: expected true or false")]
    [InlineData("command = \" \"", "t:2:11: error: command in [notify]: expected a shell command in quotes")]
    [InlineData("command = []", "t:2:11: error: command in [notify]: expected a shell command in quotes")]
    [InlineData("command = [\"\", \"hidden\"]", "t:2:11: error: command in [notify]: expected a shell command in quotes")]
    [InlineData("command = \"a\\u0000hidden\"", "t:2:11: error: command in [notify]: expected a shell command in quotes")]
    [InlineData("bel = true", "t:2:1: warning: bel in [notify] is unknown and ignored: did you mean bell?")]
    public void What_is_wrong_is_told_with_its_place_and_never_with_the_command(string line, string expected)
    {
        var problem = Assert.Single(Load($"[notify]\n{line}").Problems).ToString();

        Assert.StartsWith(expected, problem);
        Assert.DoesNotContain("hidden", problem);
    }

    private static ConfigurationResult Load(string toml) => Loader.Load(Encoding.UTF8.GetBytes(toml), "t", "/base");
}
