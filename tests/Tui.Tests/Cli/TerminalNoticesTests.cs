using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Notifications;
using AgentDeck.Testing;
using AgentDeck.Tui.Cli;
using AgentDeck.Tui.Terminal.Cells;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class TerminalNoticesTests
{
    private static readonly Notification Asked = new(new AgentId("here", "", "a"), "key", Fleets.Now, NotificationKind.NeedsInput, "here/a", AgentPhase.Running, "", "here/a asks");

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task The_terminal_is_asked_for_as_much_as_the_operator_wants(bool bell, bool desktop)
    {
        await using var host = new FakeScreenHost(new CellSize(80, 24));

        await new TerminalNotices(host).TellAsync(Asked, new NotifySettings { Bell = bell, Desktop = desktop }, CancellationToken.None);

        Assert.Equal(bell || desktop ? [(bell, desktop ? "here/a asks" : null)] : Array.Empty<(bool, string?)>(), host.Alerts);
    }
}
