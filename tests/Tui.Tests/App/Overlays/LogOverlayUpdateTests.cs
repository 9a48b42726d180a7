using System.Text;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Ansi;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class LogOverlayUpdateTests
{
    // 80×24: a body of 20 rows, the last of which tells how the log stands.
    private const int Page = 19;

    [Fact]
    public void What_comes_is_followed_at_the_end()
    {
        var log = Open().Lines(0, 30).Lines(30, 30).Open<LogOverlay>();

        Assert.Equal((60, 0), (log.View.Screen!.Rows.Length, log.View.Offset));
        Assert.Equal("60 lines · following", LogViewModel.Status(log).ToString());
    }

    [Fact]
    public void Who_scrolled_up_keeps_reading_the_same_lines()
    {
        var log = Open().Lines(0, 60).Press('k').Press('k').Lines(60, 5).Open<LogOverlay>();

        Assert.Equal(7, log.View.Offset);
        Assert.Equal(0, Open().Lines(0, 60).Press('k').Press('G').Open<LogOverlay>().View.Offset);
        Assert.Equal(60 - Page, Open().Lines(0, 60).Press('g').Open<LogOverlay>().View.Offset);
    }

    [Fact]
    public void The_previous_container_is_another_reading_and_p_leads_back()
    {
        var opened = Open().Lines(0, 3);
        var previous = opened.Press('p').Open<LogOverlay>();

        Assert.Equal(new LogWant(Scene.Mayor, IsPrevious: true, 1), previous.Log);
        Assert.Empty(previous.View.Screen!.Rows);
        Assert.False(opened.Press('p').Press('p').Open<LogOverlay>().Log.IsPrevious);
    }

    [Fact]
    public void What_comes_late_of_another_reading_is_dropped()
    {
        var stale = Open().Open<LogOverlay>().Log;
        var reread = Open().Press('R').Tell(new LogRead(stale, Parse("old\n"), null)).Open<LogOverlay>();

        Assert.Empty(reread.View.Screen!.Rows);
    }

    [Fact]
    public void The_end_says_why()
    {
        var opened = Open().Lines(0, 1);
        var ended = opened.Tell(new LogRead(opened.Open<LogOverlay>().Log, [], "the log of a was cut: \e[31mlost")).Open<LogOverlay>();

        Assert.Equal("1 line · the log of a was cut: \uFFFD[31mlost", LogViewModel.Status(ended).ToString());
    }

    [Fact]
    public void A_search_goes_to_the_newest_match_and_n_to_the_one_before()
    {
        var found = Open().Lines(0, 60).Press('/').Type("line 1").Press(Key.Enter);

        Assert.Equal(19, found.Open<LogOverlay>().View.MatchRow);
        Assert.Equal(18, found.Press('n').Open<LogOverlay>().View.MatchRow);
        Assert.Equal(19, found.Press('n').Press('N').Open<LogOverlay>().View.MatchRow);
        Assert.Equal("", found.Press(Key.Escape).Open<LogOverlay>().View.Search);
    }

    [Fact]
    public void Only_the_last_lines_are_kept()
    {
        var log = Open().Lines(0, LogOverlayUpdate.MostRows).Lines(0, 5).Open<LogOverlay>();

        Assert.Equal(LogOverlayUpdate.MostRows, log.View.Screen!.Rows.Length);
    }

    [Fact]
    public void Opening_and_closing_begins_and_ends_the_reading()
    {
        var model = Scene.Model() with { List = new ListState { Selected = Scene.Mayor } };
        var start = AppUpdate.Start(model).Model;
        var opened = AppUpdate.Apply(start with { Overlay = Open().Model.Overlay }, new Ticked(start.Now.AddSeconds(1)));
        var closed = AppUpdate.Apply(opened.Model, new TerminalInput(new KeyPressed(KeyChord.Of(Key.Escape)), start.Now));

        Assert.Contains(new ReadLog(null), closed.Effects);
        Assert.Null(closed.Model.Overlay);
    }

    private static Transition Open() => LogOverlayUpdate.Open(Scene.Model(), Scene.Mayor);

    private static Cell[][] Parse(string text) => SgrParser.Parse(Encoding.UTF8.GetBytes(text), Scene.Model().Tables, 200);
}
