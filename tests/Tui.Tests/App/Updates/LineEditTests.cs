using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App.Updates;

public sealed class LineEditTests
{
    [Fact]
    public void The_filter_is_edited_where_its_cursor_stands_and_the_list_follows()
    {
        var deck = new TestDeck().Press("/").Type("codr").Press("left").Type("e");
        Assert.Equal("coder", deck.Model.List.Filter);
        Assert.Equal(["gc/coder-7", "gc/coder-2"], deck.Shown);

        deck.Press("home", "delete", "delete").Type("xx");
        Assert.Equal("xxder", deck.Model.List.Filter);

        deck.Press("ctrl+k").Type("dev").Press("home", "ctrl+d", "ctrl+d");
        Assert.Equal("dev", deck.Model.List.Filter);
    }

    [Fact]
    public void The_cursor_of_the_filter_shows()
    {
        var deck = new TestDeck().Press("/").Type("codr");
        var end = CursorOf(deck);

        Assert.Equal(end.X - 1, CursorOf(deck.Press("left")).X);
        Assert.Equal(end.X - 4, CursorOf(deck.Press("home")).X);
    }

    [Fact]
    public void A_search_is_edited_where_its_cursor_stands()
    {
        var deck = new TestDeck().Show("gc/coder-7", "first line", "second line").Press("1", "/").Type("lne").Press("left", "left").Type("i");

        Assert.Equal("line", deck.Model.Wall.History!.Search);
        Assert.Equal(1, deck.Model.Wall.History.MatchRow);
        Assert.Equal(CursorOf(deck).X + 2, CursorOf(deck.Press("end")).X);
    }

    [Fact]
    public void A_long_filter_scrolls_with_its_cursor()
    {
        var deck = new TestDeck().Press("/").Send(new TextPasted(new string('x', 150)));

        Assert.InRange(CursorOf(deck).X, 20, deck.Model.Layout.List.Right - 1);
        Assert.InRange(CursorOf(deck.Press("home")).X, 1, 12);
    }

    private static Position CursorOf(TestDeck deck) => deck.Draw().State.Cursor!.Value;
}
