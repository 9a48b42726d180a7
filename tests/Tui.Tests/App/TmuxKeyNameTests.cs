using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App;

public sealed class TmuxKeyNameTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData(";", ";", true)]
    [InlineData("é", "é", true)]
    [InlineData("space", " ", true)]
    [InlineData("enter", "Enter", false)]
    [InlineData("ctrl+c", "C-c", false)]
    [InlineData("ctrl+space", "C-Space", false)]
    [InlineData("alt+x", "M-x", false)]
    [InlineData("alt+enter", "M-Enter", false)]
    [InlineData("shift+tab", "BTab", false)]
    [InlineData("shift+up", "S-Up", false)]
    [InlineData("ctrl+alt+left", "C-M-Left", false)]
    [InlineData("backspace", "BSpace", false)]
    [InlineData("pageup", "PPage", false)]
    [InlineData("pagedown", "NPage", false)]
    [InlineData("insert", "IC", false)]
    [InlineData("delete", "DC", false)]
    [InlineData("f12", "F12", false)]
    public void Keys_have_the_names_that_tmux_knows(string key, string name, bool isLiteral)
    {
        Assert.True(KeyText.TryParse(key, out var chord, out _));
        Assert.Equal(new AgentKey(name, isLiteral), TmuxKeyName.Of(chord));
    }
}
