using AgentDeck.Testing;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Running;

namespace AgentDeck.Tui.Tests.App.Updates;

public sealed class HistoryUpdateTests
{
    private const string Agent = "gc/mayor";

    private static readonly string[] Screen = [.. Enumerable.Range(176, 24).Select(line => $"line {line}")];
    private static readonly string[] Everything = [.. Enumerable.Range(0, 200).Select(line => $"line {line}")];

    [Fact]
    public void The_first_line_up_freezes_what_is_shown_and_reads_the_history()
    {
        var deck = Zoomed().Press("up");

        Assert.Contains(deck.Effects, effect => effect is LoadHistory { Lines: 1000 });
        Assert.Equal(1, deck.Model.Wall.History?.Offset);
    }

    [Fact]
    public void Scrolling_reaches_the_oldest_line_and_comes_back_to_the_live_screen()
    {
        var deck = Loaded().Press("g");
        Assert.Contains("│line 0 ", deck.Rows(), StringComparison.Ordinal);

        deck.Press("down");
        Assert.DoesNotContain("│line 0 ", deck.Rows(), StringComparison.Ordinal);

        deck.Press("G");
        Assert.Null(deck.Model.Wall.History);
    }

    [Fact]
    public void Lines_printed_while_the_history_is_read_do_not_move_the_view()
    {
        var deck = Zoomed().Press("up", "up");
        var rows = Everything.Append("new line").ToArray();
        deck.Send(new HistoryLoaded(PaneScreens.Parse(Captures.Of(TestDeck.Id(Agent), rows, historySize: 177), deck.Model.Tables)));

        Assert.Equal(3, deck.Model.Wall.History?.Offset);
    }

    [Fact]
    public void A_pane_without_history_says_why()
    {
        var deck = new TestDeck(height: 40).Press("4", "z").Show(Agent, "one line").Press("pageup");

        Assert.Contains("no history yet: all there is stands on the screen", deck.News);
        Assert.Null(deck.Model.Wall.History);
    }

    [Fact]
    public void Scrolling_starts_from_what_is_seen_and_not_from_the_blank_end_of_a_large_window()
    {
        string[] rows = [.. Enumerable.Range(0, 30).Select(line => $"line {line}"), .. Enumerable.Repeat("", 20)];
        var deck = new TestDeck(width: 80, height: 20).Press("j", "j", "j", "z").Show(Agent, rows, 50).Press("up");

        Assert.Contains("│line 28 ", deck.Rows(), StringComparison.Ordinal);
        Assert.DoesNotContain("│line 29 ", deck.Rows(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_finds_upwards_and_n_goes_on()
    {
        var deck = Loaded().Press("/").Type("line 1").Press("enter");
        Assert.Equal(199, deck.Model.Wall.History?.MatchRow);

        deck.Press("n");
        Assert.Equal(198, deck.Model.Wall.History?.MatchRow);

        deck.Press("N", "N");
        Assert.Equal(1, deck.Model.Wall.History?.MatchRow);
    }

    [Fact]
    public void A_search_without_a_match_says_so()
    {
        var deck = Loaded().Press("/").Type("nowhere").Press("enter", "n");

        Assert.Contains("'nowhere' is not in what was read of the history", deck.News);
    }

    [Fact]
    public void Copy_takes_the_rows_in_view_without_blanks_at_their_ends()
    {
        var deck = new TestDeck().Press("4").Show(Agent, "first  ", "", "third").Press("y");

        Assert.Equal("first\n\nthird", Assert.Single(deck.Effects.OfType<CopyText>()).Text);
        Assert.Contains("copied 3 lines to the terminal's clipboard", deck.News);
    }

    [Fact]
    public void The_wheel_scrolls_the_pane_under_it()
    {
        var deck = Zoomed().Wheel(40, 10, up: true);
        Assert.Equal(3, deck.Model.Wall.History?.Offset);

        deck.Wheel(40, 10, up: false);
        Assert.Null(deck.Model.Wall.History);
    }

    private static TestDeck Zoomed() => new TestDeck(width: 80, height: 20).Press("j", "j", "j", "z").Show(Agent, Screen, 24, historySize: 176);

    private static TestDeck Loaded()
    {
        var deck = Zoomed().Press("up");
        return deck.Send(new HistoryLoaded(PaneScreens.Parse(Captures.Of(TestDeck.Id(Agent), Everything, historySize: 176), deck.Model.Tables)));
    }
}
