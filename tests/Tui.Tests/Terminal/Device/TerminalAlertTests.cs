using System.Text;
using AgentDeck.Tui.Terminal.Device;

namespace AgentDeck.Tui.Tests.Terminal.Device;

public sealed class TerminalAlertTests
{
    [Theory]
    [InlineData(true, null, "\a")]
    [InlineData(false, "here/a asks ✓", "\e]9;AgentDeck: here/a asks ✓\e\\")]
    [InlineData(true, "4;1;50", "\e]9;AgentDeck: 4;1;50\e\\\a")]
    [InlineData(false, null, "")]
    public void It_rings_and_shows_what_is_asked_for(bool bell, string? text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(TerminalAlert.Encode(bell, text)));

    [Fact]
    public void No_text_can_end_the_sequence_or_begin_another()
    {
        var hostile = new string([.. Enumerable.Range(0, 0xA0).Select(code => (char)code)]) + "\ud83d" + new string('x', 10_000);

        var sent = Encoding.UTF8.GetString(TerminalAlert.Encode(bell: false, hostile));

        Assert.Equal(2, sent.Count(char.IsControl));
        Assert.StartsWith("\e]9;AgentDeck: ", sent);
        Assert.EndsWith("x\e\\", sent);
        Assert.True(sent.Length < 500);
    }
}
