using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class DetailsOverlayUpdateTests
{
    private static Transition Open() => DetailsOverlayUpdate.Open(Scene.Model(), Scene.Clock);

    [Fact]
    public void Opening_asks_for_the_processes()
    {
        var opened = Open();

        Assert.Equal(new ListProcesses(Scene.Clock), Assert.Single(opened.Effects));
        Assert.Contains("reading…", Text(opened), StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_of_another_agent_are_not_taken_in()
    {
        Assert.Null(Open().Tell(new ProcessesListed(Scene.Mayor, "PID 1")).Open<DetailsOverlay>().Processes);
        Assert.Equal("PID 1", Open().Tell(new ProcessesListed(Scene.Clock, "PID 1")).Open<DetailsOverlay>().Processes);
    }

    [Fact]
    public void A_declared_script_keeps_its_lines_up_to_a_point()
    {
        var model = Scene.Model();
        var agent = model.Fleet.Agents[Scene.Clock];
        var script = string.Concat(Enumerable.Range(1, 12).Select(line => $"\n  echo {line}")) + "\n";
        agent = agent with { Spec = agent.Spec! with { Command = script } };

        var text = Text(DetailsOverlayUpdate.Open(model with { Fleet = Fleets.Of([agent]) }, Scene.Clock));

        Assert.Contains("command        echo 1\n               echo 2\n", text, StringComparison.Ordinal);
        Assert.Contains("echo 8\n             … 4 more lines\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\uFFFD", text, StringComparison.Ordinal);
    }

    [Fact]
    public void R_reads_the_processes_again()
    {
        var again = Open().Tell(new ProcessesListed(Scene.Clock, "PID 1")).Press('R');

        Assert.Equal(new ListProcesses(Scene.Clock), Assert.Single(again.Effects));
        Assert.Null(again.Open<DetailsOverlay>().Processes);
    }

    [Fact]
    public void It_follows_the_fleet()
    {
        var changed = Open().TellFleet(Fleets.Agent("here/clock", AgentPhase.Failed));

        Assert.Contains("failed (Failed)", Text(changed), StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_is_gone_keeps_its_facts_and_says_since_when()
    {
        var gone = Open().TellFleet(Fleets.Agent("gc/mayor"));
        Assert.Equal(Fleets.Now, gone.Open<DetailsOverlay>().GoneSince);
        Assert.StartsWith("Gone since 14:00:00", Text(gone), StringComparison.Ordinal);
        Assert.Contains("tmux -L agentdeck, session $3", Text(gone), StringComparison.Ordinal);
        Assert.Empty(gone.Press('R').Effects);

        Assert.Null(gone.TellFleet(Fleets.Agent("here/clock")).Open<DetailsOverlay>().GoneSince);
    }

    [Fact]
    public void Values_of_variables_are_never_shown()
    {
        Assert.Contains("API_TOKEN, LANG", Text(Open()), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Text(Open()), StringComparison.Ordinal);
        Assert.DoesNotContain("C.UTF-8", Text(Open()), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_of_a_lost_source_say_their_age()
    {
        var model = Open().Model;
        var lost = model with
        {
            Fleet = Fleets.Of(model.Fleet.Agents.Values, new SourceStatus("here", "local", SourceLink.Stale, Fleets.Now, "no answer")),
            Now = Fleets.Now.AddSeconds(41),
        };

        Assert.StartsWith("Source here is stale, this is 41s old. no answer", Text(lost), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_acknowledged_it_is_told_until_something_happens()
    {
        var model = Scene.Model();
        var broken = model.Fleet.Agents[Scene.Broken];
        broken = broken with { Acknowledged = new Acknowledgement(Attention.KeyOf(broken), "ada", Fleets.Now.AddMinutes(-5)) };

        Assert.Matches("acknowledged +by ada at 13:55:00", Text(Details(broken)));
        Assert.DoesNotContain("acknowledged", Text(Details(broken with { Upkeep = new AgentUpkeep { Restarts = 1 } })), StringComparison.Ordinal);

        Transition Details(Agent agent) => DetailsOverlayUpdate.Open(model with { Fleet = Fleets.Of([agent]) }, Scene.Broken);
    }

    [Fact]
    public void Scrolling_stops_at_both_ends()
    {
        var end = Open().Press('G');
        var offset = end.Open<DetailsOverlay>().Offset;

        Assert.True(offset > 0);
        Assert.Equal(offset, end.Press(Key.Down).Open<DetailsOverlay>().Offset);
        Assert.Equal(offset - 3, end.Wheel(MouseAction.WheelUp).Open<DetailsOverlay>().Offset);
        Assert.Equal(0, end.Press('g').Press(Key.Up).Open<DetailsOverlay>().Offset);
    }

    [Fact]
    public void An_unknown_agent_has_no_details() => Assert.Null(DetailsOverlayUpdate.Open(Scene.Model(), Scene.Nobody).Model.Overlay);

    private static string Text(Transition transition) =>
        string.Join('\n', DetailsViewModel.Lines(transition.Model, transition.Open<DetailsOverlay>(), 74));
}
