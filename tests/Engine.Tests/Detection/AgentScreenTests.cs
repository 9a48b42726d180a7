using System.Text;
using AgentDeck.Engine.Detection;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Detection;

public sealed class AgentScreenTests
{
    private static readonly AgentScreen Mixed = AgentScreen.OfRows(["", "one", "", "  two  ", "three", "", "  "]);

    [Theory]
    [InlineData(ScreenRegion.Lines, 1, "three")]
    [InlineData(ScreenRegion.Lines, 2, "  two\nthree")]
    [InlineData(ScreenRegion.Lines, 9, "one\n  two\nthree")]
    [InlineData(ScreenRegion.Rows, 1, "three")]
    [InlineData(ScreenRegion.Rows, 3, "\n  two\nthree")]
    [InlineData(ScreenRegion.Rows, 9, "\none\n\n  two\nthree")]
    [InlineData(ScreenRegion.Screen, 1, "\none\n\n  two\nthree")]
    [InlineData(ScreenRegion.Prompt, 1, null)]
    public void A_region_is_what_its_name_says(object region, int lines, string? expected) =>
        Assert.Equal(expected, Region(Mixed, (ScreenRegion)region, lines));

    [Theory]
    [InlineData(ScreenRegion.Lines)]
    [InlineData(ScreenRegion.Rows)]
    [InlineData(ScreenRegion.Screen)]
    public void An_empty_screen_has_empty_regions(object region) => Assert.Equal("", Region(AgentScreen.Empty, (ScreenRegion)region, 4));

    [Theory]
    [InlineData("────────────\n❯ \n────────────\n  ? for shortcuts", "❯")]
    [InlineData("╭──────────────╮\n│ > first │\n│   second │\n╰──────────────╯", "> first\nsecond")]
    [InlineData("╭──────────────╮\n│ > in the box │\n╰──────────────╯\n╭──────────────╮\n│ a status     │\n╰──────────────╯", "> in the box")]
    [InlineData("▄▄▄▄▄▄▄▄▄▄▄▄▄▄\n > half blocks\n▀▀▀▀▀▀▀▀▀▀▀▀▀▀", "> half blocks")]
    [InlineData("╭──────────────╮\n│ no prompt    │\n╰──────────────╯", null)]
    [InlineData("────────────\n❯ the bottom is missing", null)]
    [InlineData("────────────\n❯ \n────────────\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13", null)]
    [InlineData("---\n> a quotation\n---", null)]
    public void The_prompt_is_what_stands_in_the_last_box_that_begins_with_a_prompt_sign(string screen, string? expected) =>
        Assert.Equal(expected, Region(AgentScreen.OfRows(screen.Split('\n')), ScreenRegion.Prompt, 1));

    [Fact]
    public void A_capture_is_read_without_escape_sequences_and_non_breaking_blanks()
    {
        var screen = AgentScreen.Of(Encoding.UTF8.GetBytes("first\n\u001b[1;31msecond\u001b[0m  \n\n\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\\n❯\u00a0 go\n   \n"), historySize: 0);

        Assert.Equal("first\nsecond\nlink\n❯  go", Region(screen, ScreenRegion.Lines, 9));
    }

    [Fact]
    public void The_telling_line_is_no_frame_and_not_tmux_own_line()
    {
        Assert.Equal("│ done │", AgentScreen.OfRows(["working", "│ done │", "╰──────╯", "Pane is dead (status 1, Sat)"]).Telling);
        Assert.Equal("", AgentScreen.OfRows(["────"]).Telling);
        Assert.Equal("", AgentScreen.Empty.Telling);
    }

    [Fact]
    public void No_bytes_make_it_throw_or_let_a_control_character_through() => Prop.ForAll<byte[]>(bytes =>
    {
        var text = Region(AgentScreen.Of(bytes, 0), ScreenRegion.Screen, 1)!;
        return !text.Any(sign => sign != '\n' && char.IsControl(sign));
    }).QuickCheckThrowOnFailure();

    private static string? Region(AgentScreen screen, ScreenRegion region, int lines) =>
        screen.TryGet(region, lines, out var text) ? text.ToString() : null;
}
