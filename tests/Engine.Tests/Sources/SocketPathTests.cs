using AgentDeck.Engine.Sources;

namespace AgentDeck.Engine.Tests.Sources;

public sealed class SocketPathTests
{
    [Theory]
    [InlineData("agentdeck", null, "/tmp/tmux-1000/agentdeck")]
    [InlineData("default", "", "/tmp/tmux-1000/default")]
    [InlineData("default", "/run/user", "/run/user/tmux-1000/default")]
    [InlineData("/srv/one.sock", "/run", "/srv/one.sock")]
    public void Sockets_are_where_tmux_puts_them(string socket, string? temporaryFolder, string path) =>
        Assert.Equal(path, SocketPath.Of(socket, temporaryFolder, 1000));
}
