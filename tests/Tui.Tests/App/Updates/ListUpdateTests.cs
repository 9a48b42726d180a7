using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.ViewModels;

namespace AgentDeck.Tui.Tests.App.Updates;

public sealed class ListUpdateTests
{
    [Fact]
    public void What_needs_the_operator_stands_first_and_is_selected_at_the_start()
    {
        var deck = new TestDeck();

        Assert.Equal(["gc/coder-7", "gc/coder-2", "dev/reviewer", "gc/mayor", "gc/refiner", "here/clock"], deck.Shown);
        Assert.Equal("gc/coder-7", deck.Selected);
    }

    [Fact]
    public void Movement_stops_at_both_ends()
    {
        var deck = new TestDeck().Press("up");
        Assert.Equal("gc/coder-7", deck.Selected);

        deck.Press("j", "down");
        Assert.Equal("dev/reviewer", deck.Selected);

        deck.Press("G", "j");
        Assert.Equal("here/clock", deck.Selected);

        deck.Press("g");
        Assert.Equal("gc/coder-7", deck.Selected);

        deck.Press("pagedown");
        Assert.Equal("here/clock", deck.Selected);
    }

    [Fact]
    public void The_selection_stays_on_its_agent_when_rows_move()
    {
        var deck = new TestDeck().Press("G");
        var agents = TestDeck.DemoAgents();
        agents[0] = Fleets.Agent("here/clock", AgentPhase.Failed);
        deck.Change(Fleets.Of(agents));

        Assert.Equal("here/clock", deck.Selected);
        Assert.Equal("here/clock", deck.Shown.ElementAt(1));
    }

    [Fact]
    public void An_agent_that_goes_hands_the_selection_to_the_one_that_takes_its_place()
    {
        var deck = new TestDeck().Press("j");
        deck.Change(Fleets.Of(TestDeck.DemoAgents().Where(agent => agent.Id.Name != "coder-2")));
        Assert.Equal("dev/reviewer", deck.Selected);

        deck.Change(Fleets.Of([]));
        Assert.Null(deck.Selected);
    }

    [Fact]
    public void The_filter_follows_every_key_and_Esc_drops_it()
    {
        var deck = new TestDeck().Press("/").Type("gc co");
        Assert.Equal(["gc/coder-7", "gc/coder-2"], deck.Shown);

        deck.Press("enter", "j");
        Assert.Equal("gc/coder-2", deck.Selected);

        deck.Press("/").Press("backspace", "backspace", "escape");
        Assert.Equal(6, deck.Model.Shown.Length);
    }

    [Fact]
    public void A_word_is_removed_from_the_filter_with_one_key() =>
        Assert.Equal("is:waiting ", new TestDeck().Press("/").Type("is:waiting co").Press("ctrl+w").Model.List.Filter);

    [Fact]
    public void Sorting_goes_through_all_orders_and_back()
    {
        var deck = new TestDeck();
        var byAttention = deck.Shown.ToList();

        // Who is equal stands in the order of names.
        string[] byName = ["dev/reviewer", "gc/coder-2", "gc/coder-7", "gc/mayor", "gc/refiner", "here/clock"];
        Assert.Equal(byName, deck.Press("o").Shown);
        Assert.Equal(["gc/coder-7", "gc/refiner", "dev/reviewer", "gc/coder-2", "gc/mayor", "here/clock"], deck.Press("o").Shown);
        Assert.Equal(["dev/reviewer", "gc/coder-2", "gc/mayor", "gc/refiner", "here/clock", "gc/coder-7"], deck.Press("o").Shown);
        Assert.Equal(byName, deck.Press("o").Shown);
        Assert.Equal(byAttention, deck.Press("o").Shown);
    }

    [Fact]
    public void Marks_are_set_and_taken_away_one_by_one_and_all_together()
    {
        var deck = new TestDeck().Press("space");
        Assert.Equal([TestDeck.Id("gc/coder-7")], deck.Model.List.Marked);

        deck.Press("*");
        Assert.Equal(6, deck.Model.List.Marked.Count);

        deck.Press("*");
        Assert.Empty(deck.Model.List.Marked);
    }

    [Fact]
    public void Marks_of_agents_that_are_gone_are_forgotten()
    {
        var deck = new TestDeck().Press("*");
        deck.Change(Fleets.Of(TestDeck.DemoAgents().Take(2)));

        Assert.Equal(2, deck.Model.List.Marked.Count);
    }

    [Fact]
    public void Next_that_needs_me_goes_by_urgency_then_to_the_longest_idle_and_around()
    {
        var deck = new TestDeck().Press("G");

        Assert.Equal(
            ["gc/coder-7", "gc/coder-2", "dev/reviewer", "gc/refiner", "gc/coder-7"],
            Enumerable.Range(0, 5).Select(_ => deck.Press("w").Selected));
    }

    [Fact]
    public void Who_is_acknowledged_stands_among_those_that_want_nothing_and_is_counted_as_it_is()
    {
        var agents = TestDeck.DemoAgents();
        var counts = FleetCounts.Of(Fleets.Of(agents));
        agents = [.. agents.Select(agent => agent.Id.Name.StartsWith("coder", StringComparison.Ordinal) ? Seen(agent) : agent)];
        var deck = new TestDeck(Fleets.Of(agents));

        Assert.Equal(["dev/reviewer", "gc/coder-2", "gc/coder-7", "gc/mayor", "gc/refiner", "here/clock"], deck.Shown);
        Assert.Equal(["gc/refiner", "dev/reviewer", "gc/refiner"], Enumerable.Range(0, 3).Select(_ => deck.Press("w").Selected));
        Assert.Equal(counts, FleetCounts.Of(deck.Model.Fleet));
    }

    [Fact]
    public void Next_that_needs_me_does_not_say_that_nobody_failed_when_that_is_only_acknowledged() =>
        Assert.Contains("nothing needs you: what agents want is acknowledged", new TestDeck(Fleets.Of([Seen(Fleets.Agent("a/b", AgentPhase.Failed))])).Press("w").News);

    [Fact]
    public void Next_that_needs_me_says_so_when_nobody_does() =>
        Assert.Contains(new TestDeck(Fleets.Of([Fleets.Agent("a/b")])).Press("w").News, text => text.Contains("nothing needs you", StringComparison.Ordinal));

    [Fact]
    public void The_selection_stays_in_view_of_a_long_list()
    {
        var deck = new TestDeck(Fleets.Of(Enumerable.Range(0, 500).Select(number => Fleets.Agent($"here/a{number:000}")))).Press("G");

        Assert.Equal(500 - deck.Model.Layout.ListRows, deck.Model.List.Offset);
        Assert.Contains("a499", deck.Rows(), StringComparison.Ordinal);
        Assert.Equal(0, deck.Press("g").Model.List.Offset);
    }

    private static Agent Seen(Agent agent) => agent with { Acknowledged = new Acknowledgement(Attention.KeyOf(agent), "ada", Fleets.Now) };
}
