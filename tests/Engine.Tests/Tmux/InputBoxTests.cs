using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Tests.Tmux;

public sealed class InputBoxTests
{
    private const string Border = "────────────────────";

    [Fact]
    public void Screen_on_which_nothing_happened_still_holds_the_text()
    {
        Assert.True(InputBox.StillHolds(Screen(5, 0, "$"), Screen(9, 0, "$ hello"), Screen(9, 0, "$ hello"), "hello"));
    }

    [Fact]
    public void Shell_that_went_to_the_next_line_has_taken_it()
    {
        Assert.False(InputBox.StillHolds(Screen(2, 0, "$", ""), Screen(7, 0, "$ hello", ""), Screen(0, 1, "$ hello", ""), "hello"));
    }

    [Fact]
    public void Agent_that_shows_the_text_above_an_empty_box_has_taken_it()
    {
        Assert.False(InputBox.StillHolds(
            Screen(0, 5, "", Border, "> ", Border, ""),
            Screen(0, 5, "", Border, "> hello there", Border, ""),
            Screen(0, 5, "> hello there", "", Border, "> ", Border),
            "hello there"));
    }

    [Fact]
    public void Box_in_which_enter_only_made_a_new_line_still_holds_the_text()
    {
        Assert.True(InputBox.StillHolds(
            Screen(4, 2, "", "╭" + Border, "│ > ", "╰" + Border),
            Screen(9, 2, "", "╭" + Border, "│ > hello", "╰" + Border),
            Screen(4, 2, "╭" + Border, "│ > hello", "│", "╰" + Border),
            "hello\nworld"));
    }

    [Fact]
    public void Menu_that_appeared_instead_of_the_box_is_not_answered_with_another_enter()
    {
        Assert.False(InputBox.StillHolds(
            Screen(2, 1, Border, "❯", Border),
            Screen(7, 1, Border, "❯ hello", Border),
            Screen(2, 1, Border, "❯ 1. Yes", "  2. No"),
            "hello"));
    }

    [Fact]
    public void Spinner_elsewhere_does_not_hide_that_the_text_stands()
    {
        Assert.True(InputBox.StillHolds(
            Screen(2, 1, "thinking .", "$"), Screen(7, 1, "thinking ..", "$ hello"), Screen(7, 1, "thinking ..", "$ hello"), "hello"));
    }

    private static PlainScreen Screen(int x, int y, params string[] rows) => new([.. rows.Select(row => row.TrimEnd())], x, y, IsDead: false);
}
