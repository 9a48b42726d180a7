using System.Text;
using AgentDeck.Engine.Detection;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Detection;

public sealed class ScreenLinesTests
{
    [Fact]
    public void The_last_lines_with_text_come_without_escape_sequences()
    {
        var screen = Encoding.UTF8.GetBytes("first\n\u001b[1;31msecond\u001b[0m  \n\n\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\n\n   \n");

        Assert.Equal(["second", "link"], ScreenLines.Last(screen, 2).AsEnumerable());
        Assert.Equal(["first", "second", "link"], ScreenLines.Last(screen, 9).AsEnumerable());
    }

    [Fact]
    public void The_telling_line_is_no_frame_and_not_tmux_own_line()
    {
        Assert.Equal("│ done │", ScreenLines.Telling(["working", "│ done │", "╰──────╯", "Pane is dead (status 1, Sat)"]));
        Assert.Equal("", ScreenLines.Telling(["────"]));
    }

    [Fact]
    public void No_bytes_make_it_throw_or_let_a_control_character_through()
    {
        Prop.ForAll<byte[]>(bytes => ScreenLines.Last(bytes, 5).All(line => !line.Any(char.IsControl))).QuickCheckThrowOnFailure();
    }
}
