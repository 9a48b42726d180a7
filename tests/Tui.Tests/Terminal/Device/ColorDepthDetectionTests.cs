using AgentDeck.Tui.Terminal.Device;
using AgentDeck.Tui.Terminal.Rendering;

namespace AgentDeck.Tui.Tests.Terminal.Device;

public sealed class ColorDepthDetectionTests
{
    [Theory]
    [InlineData("xterm-256color", "", "", "", ColorDepth.Indexed)]
    [InlineData("xterm-256color", "truecolor", "", "", ColorDepth.TrueColor)]
    [InlineData("xterm-256color", "24bit", "", "", ColorDepth.TrueColor)]
    [InlineData("xterm-256color", "truecolor", "1", "", ColorDepth.None)]
    [InlineData("tmux-256color", "truecolor", "", "/tmp/t,1,0", ColorDepth.TrueColor)]
    [InlineData("screen-256color", "truecolor", "", "/tmp/t,1,0", ColorDepth.TrueColor)]
    [InlineData("screen-256color", "truecolor", "", "", ColorDepth.Indexed)]
    [InlineData("xterm-kitty", "", "", "", ColorDepth.TrueColor)]
    [InlineData("xterm", "", "", "", ColorDepth.Sixteen)]
    [InlineData("linux", "", "", "", ColorDepth.Sixteen)]
    [InlineData("vt100", "", "", "", ColorDepth.None)]
    [InlineData("dumb", "truecolor", "", "", ColorDepth.None)]
    [InlineData("", "", "", "", ColorDepth.None)]
    public void The_environment_tells_how_many_colours_there_are(string term, string colorTerm, string noColor, string tmux, object expected)
    {
        var variables = new Dictionary<string, string> { ["TERM"] = term, ["COLORTERM"] = colorTerm, ["NO_COLOR"] = noColor, ["TMUX"] = tmux };

        Assert.Equal((ColorDepth)expected, ColorDepthDetection.Detect(variables.GetValueOrDefault));
    }
}
