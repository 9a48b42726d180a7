using System.Net;
using AgentDeck.Tui.Cli.Serving;

namespace AgentDeck.Tui.Tests.Cli.Serving;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:9464", "127.0.0.1:9464")]
    [InlineData("localhost:1", "127.0.0.1:1")]
    [InlineData("[::1]:9464", "[::1]:9464")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    public void An_address_with_a_port_is_taken(string text, string address)
    {
        Assert.True(ListenAddress.TryParse(text, out var parsed));
        Assert.Equal(IPEndPoint.Parse(address), parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("example.org:80")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("9464")]
    public void Anything_else_is_refused(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Theory]
    [InlineData("127.0.0.1:1", false, false, true)]
    [InlineData("[::1]:1", false, false, true)]
    [InlineData("0.0.0.0:1", false, false, false)]
    [InlineData("0.0.0.0:1", true, false, false)]
    [InlineData("0.0.0.0:1", false, true, false)]
    [InlineData("[::]:1", true, false, false)]
    [InlineData("10.0.0.1:1", true, true, true)]
    public void What_others_can_reach_needs_tls_and_a_token(string address, bool isEncrypted, bool hasToken, bool isFine) =>
        Assert.Equal(isFine, ListenAddress.WhyNot(IPEndPoint.Parse(address), isEncrypted, hasToken) is null);
}
