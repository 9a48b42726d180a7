using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Running;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Terminal.Drawing;
using AgentDeck.Tui.Tests.App;
using AgentDeck.Tui.Views;

namespace AgentDeck.Tui.Tests.Views;

public sealed class DeckViewTests
{
    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(59, 14)]
    public void The_deck(int width, int height) => Verify($"deck-{width}x{height}", Living(width, height));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(59, 14)]
    public void An_empty_fleet(int width, int height) =>
        Verify($"empty-{width}x{height}", new TestDeck(Fleets.Of([], new SourceStatus("here", "local", SourceLink.Live, Fleets.Now, null)), width, height));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(59, 14)]
    public void A_source_that_cannot_be_reached(int width, int height) =>
        Verify($"unreachable-{width}x{height}", new TestDeck(Fleets.Of([], new SourceStatus("here", "local", SourceLink.Unreachable, null, "tmux is not installed; install it, for example with apt install tmux")), width, height));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(59, 14)]
    public void A_stale_source(int width, int height)
    {
        var lost = new SourceStatus("gc", "kubernetes", SourceLink.Stale, Fleets.Now.AddSeconds(-41), "the connection was cut");
        Verify($"stale-{width}x{height}", new TestDeck(Fleets.Of(TestDeck.DemoAgents(), lost), width, height).Show("gc/coder-2", "Do you want to proceed?"));
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(59, 14)]
    public void What_is_wrong_with_sources_stands_under_the_header(int width, int height)
    {
        var denied = new SourceStatus("gc", "kubernetes", SourceLink.Denied, Fleets.Now.AddSeconds(-41), "the client certificate of user ann of /home/ann/.kube/config expired on 2026-11-20: renew it");
        var without = new SourceStatus("dev", "kubernetes", SourceLink.Live, Fleets.Now, "only pods are shown, without their sessions: \u001b[31mforbidden");
        Verify($"faults-{width}x{height}", new TestDeck(Fleets.Of(TestDeck.DemoAgents(), denied, without), width, height));
    }

    [Fact]
    public void A_filter_being_typed() => Verify("filter", Living(100, 24).Press("/").Type("gc !coder"));

    [Fact]
    public void A_filter_that_nothing_passes() => Verify("filter-none", Living(100, 24).Press("/").Type("zzz").Press("enter"));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(59, 14)]
    public void A_zoomed_pane(int width, int height) => Verify($"zoom-{width}x{height}", Living(width, height).Press("j", "z"));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(59, 14)]
    public void A_pane_in_its_history_with_a_search(int width, int height)
    {
        var deck = Living(width, height).Press("j", "j", "j", "z").Show("gc/mayor", ["live"], 24, historySize: 76).Press("up");
        var rows = Enumerable.Range(0, 100).Select(line => $"line {line} \u001b[32mok\u001b[0m");
        deck.Send(new HistoryLoaded(PaneScreens.Parse(Captures.Of(TestDeck.Id("gc/mayor"), rows, historySize: 76), deck.Model.Tables)));
        Verify($"history-{width}x{height}", deck.Press("/").Type("line 5"));
    }

    [Fact]
    public void A_pane_that_is_typed_into() => Verify("typing", Living(120, 30).Press("G", "I"));

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    [InlineData(200, 60)]
    [InlineData(59, 14)]
    public void A_broken_configuration_and_marks(int width, int height)
    {
        var problem = new ConfigurationProblem("agents.toml", 12, 8, "panes = 5 is not possible; write 1, 2, 4, 6 or 9", IsWarning: false);
        Verify($"problem-{width}x{height}", new TestDeck(TestDeck.Demo() with { Problems = [problem] }, width, height).Press("space", "j", "space", "l"));
    }

    [Fact]
    public void A_read_only_deck() => Verify("read-only", new TestDeck(width: 100, height: 20, change: model => model with { ReadOnly = true }));

    [Fact]
    public void Every_size_can_be_drawn()
    {
        foreach (var width in Enumerable.Range(0, 30).Concat([59, 60, 99, 100, 160, 300]))
        {
            foreach (var height in Enumerable.Range(0, 20).Concat([40, 100]))
            {
                var screen = Living(width, height).Draw().Screen;
                Assert.Equal(new CellSize(width, height), screen.Size);
                for (var y = 0; y < height; y++)
                {
                    AssertWholeCharacters(screen.Row(y), $"row {y} of {width}x{height}");
                }
            }
        }
    }

    [Fact]
    public void A_frame_in_which_nothing_changed_allocates_nothing()
    {
        var deck = Living(200, 60);
        var screen = new ScreenBuffer(deck.Model.Screen, deck.Model.Tables);
        var view = new DeckView(deck.Model.Tables);
        Draw();

        Assert.Equal(0, Allocations.Of(Draw));

        void Draw()
        {
            for (var frame = 0; frame < 100; frame++)
            {
                view.Draw(deck.Model, new Surface(screen));
            }
        }
    }

    [Fact]
    public void Hostile_names_and_titles_reach_no_cell_as_control_characters()
    {
        var hostile = Fleets.Agent("here/\u001b]52;c;x\u0007\u202e", lastLine: "\u001b[2J");
        var screen = new TestDeck(Fleets.Of([hostile]), 200, 40).Draw().Screen;

        foreach (var cell in screen.Cells)
        {
            Assert.False(cell.Glyph is > 0 and < 0x20 or >= 0x7f and < 0xa0 or 0x202e);
        }
    }

    // No edge, of the screen or of a pane, cuts a wide character in two.
    private static void AssertWholeCharacters(ReadOnlySpan<Cell> row, string where)
    {
        for (var x = 0; x <= row.Length; x++)
        {
            var isLedTo = x > 0 && (row[x - 1].Attributes & CellAttributes.WideLead) != 0;
            Assert.True(isLedTo == (x < row.Length && (row[x].Attributes & CellAttributes.WideTail) != 0), where);
        }
    }

    private static TestDeck Living(int width, int height) => new TestDeck(width: width, height: height)
        .Show("gc/mayor", "\u001b[1mPlan\u001b[0m", "  1. read the \u001b[36mtests\u001b[0m", "  2. 漢字 and 👩‍🚀", "", "✳ Thinking…")
        .Show("gc/coder-2", "Do you want to proceed?", "❯ 1. Yes", "  2. No")
        .Show("here/clock", [.. Enumerable.Range(0, 50).Select(line => $"tick {line}")], 50);

    private static void Verify(string name, TestDeck deck)
    {
        var (screen, state) = deck.Draw();
        Golden.Verify($"deck-{name}".Replace("deck-deck", "deck", StringComparison.Ordinal), ScreenText.Print(screen, state, "test"));
    }
}
