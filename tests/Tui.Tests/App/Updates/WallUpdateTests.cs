using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Effects;

namespace AgentDeck.Tui.Tests.App.Updates;

public sealed class WallUpdateTests
{
    [Fact]
    public void The_wall_shows_the_selection_and_what_follows_and_stays_full_at_the_end()
    {
        var deck = new TestDeck();
        Assert.Equal(["gc/coder-7", "gc/coder-2", "dev/reviewer", "gc/mayor"], deck.Visible);

        deck.Press("j");
        Assert.Equal(["gc/coder-2", "dev/reviewer", "gc/mayor", "gc/refiner"], deck.Visible);

        deck.Press("G");
        Assert.Equal(["dev/reviewer", "gc/mayor", "gc/refiner", "here/clock"], deck.Visible);
    }

    [Fact]
    public void Every_change_of_the_wall_is_told_to_the_engine_once()
    {
        var deck = new TestDeck();
        deck.Effects.Clear();
        deck.Press("j", "k", "i").Press("escape");

        Assert.Equal(2, deck.Effects.OfType<WatchPanes>().Count());
    }

    [Fact]
    public void Choosing_a_layout_again_replaces_the_news_of_the_last_choice() =>
        Assert.Equal(["9 panes"], new TestDeck().Press("v", "v").News);

    [Fact]
    public void The_number_of_panes_goes_through_1_2_4_6_9_as_far_as_there_is_room()
    {
        var deck = new TestDeck(width: 200, height: 60);

        Assert.Equal([6, 6, 1, 2, 4], Enumerable.Range(0, 5).Select(_ => deck.Press("v").Model.Visible.Length));
        Assert.Equal(4, new TestDeck(width: 200, height: 60).Model.Layout.Panes.Length);
    }

    [Fact]
    public void A_pinned_pane_stays_first_wherever_the_selection_goes()
    {
        var deck = new TestDeck().Press("G", "p", "g");
        Assert.Equal(["here/clock", "gc/coder-7", "gc/coder-2", "dev/reviewer"], deck.Visible);

        deck.Press("G", "p", "g");
        Assert.Equal("gc/coder-7", deck.Visible.First());
    }

    [Fact]
    public void A_zoomed_pane_is_alone_and_focused_until_Esc()
    {
        var deck = new TestDeck().Press("j", "z");
        Assert.Equal(["gc/coder-2"], deck.Visible);
        Assert.Equal("gc/coder-2", deck.Focused);
        Assert.True(deck.Model.Layout.List.IsEmpty);

        deck.Press("tab");
        Assert.Equal(["dev/reviewer"], deck.Visible);

        deck.Press("escape");
        Assert.Null(deck.Focused);
        Assert.False(deck.Model.Layout.List.IsEmpty);
    }

    [Fact]
    public void The_focus_goes_from_the_list_through_the_panes_and_back()
    {
        var deck = new TestDeck();

        Assert.Equal(["gc/coder-7", "gc/coder-2", "dev/reviewer", "gc/mayor", null], Enumerable.Range(0, 5).Select(_ => deck.Press("tab").Focused));
        Assert.Equal("gc/mayor", deck.Press("shift+tab").Focused);
        Assert.Equal("gc/coder-2", deck.Press("2").Focused);
    }

    [Fact]
    public void A_number_without_a_pane_says_so() =>
        Assert.Contains("Pane 9: there is no pane 9 on the wall", new TestDeck().Press("9").News);

    [Fact]
    public void A_focused_pane_stays_on_the_wall_when_the_order_changes_under_it()
    {
        var deck = new TestDeck().Press("4");
        var agents = TestDeck.DemoAgents();
        agents[5] = Fleets.Agent("gc/refiner", AgentPhase.Failed);
        agents[0] = Fleets.Agent("here/clock", AgentPhase.Failed);
        deck.Change(Fleets.Of(agents));

        Assert.Equal("gc/mayor", deck.Focused);
        Assert.Contains("gc/mayor", deck.Visible);
    }

    [Fact]
    public void The_focus_returns_to_the_list_when_its_agent_is_gone()
    {
        var deck = new TestDeck().Press("2");
        deck.Change(Fleets.Of(TestDeck.DemoAgents().Where(agent => agent.Id.Name != "coder-2")));

        Assert.Null(deck.Focused);
        Assert.Contains("gc/coder-2 is gone; focus returned to the list", deck.News);
    }

    [Fact]
    public void A_click_selects_and_a_second_one_soon_after_attaches()
    {
        var deck = new TestDeck().Click(5, 4);
        Assert.Equal("gc/coder-2", deck.Selected);
        Assert.DoesNotContain(deck.Effects, effect => effect is AttachTerminal);

        deck.Wait(TimeSpan.FromSeconds(2)).Click(5, 4);
        Assert.DoesNotContain(deck.Effects, effect => effect is AttachTerminal);

        deck.Click(5, 4);
        Assert.Equal(TestDeck.Id("gc/coder-2"), Assert.Single(deck.Effects.OfType<AttachTerminal>()).Agent);
    }

    [Fact]
    public void A_click_on_a_pane_focuses_it_and_the_wheel_moves_the_list()
    {
        var deck = new TestDeck().Click(80, 5);
        Assert.NotNull(deck.Focused);

        deck.Wheel(5, 5, up: false);
        Assert.Equal("gc/coder-2", deck.Selected);
    }
}
