using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class PaletteOverlayUpdateTests
{
    private static Transition Open() => PaletteOverlayUpdate.Open(Scene.Model());

    [Fact]
    public void Enter_runs_the_best_command_and_remembers_it()
    {
        var chosen = Open().Type("quit").Press(Key.Enter);

        Assert.Equal(new QuitApp(0), Assert.Single(chosen.Effects));
        Assert.Null(chosen.Model.Overlay);
        Assert.Equal(CommandId.Quit, Entries(PaletteOverlayUpdate.Open(chosen.Model))[0].Command);
    }

    [Fact]
    public void A_command_that_opens_a_dialog_takes_the_place_of_the_palette() =>
        Assert.IsType<HelpOverlay>(Open().Type("help").Press(Key.Enter).Model.Overlay);

    [Fact]
    public void Enter_selects_an_agent()
    {
        var chosen = Open().Type("coder7").Press(Key.Enter);

        Assert.Equal(Scene.Broken, chosen.Model.List.Selected);
        Assert.Null(chosen.Model.Overlay);
    }

    [Fact]
    public void Choosing_an_agent_moves_the_zoom()
    {
        var zoomed = Scene.Model();
        zoomed = zoomed with { Wall = zoomed.Wall with { IsZoomed = true, Focused = Scene.Mayor } };

        var chosen = PaletteOverlayUpdate.Open(zoomed).Type("coder7").Press(Key.Enter).Model;

        Assert.Equal((true, Scene.Broken), (chosen.Wall.IsZoomed, chosen.Wall.Focused));
    }

    [Fact]
    public void A_letter_can_be_put_in_the_middle()
    {
        var typed = Open().Type("qit").Press(Key.Left).Press(Key.Left).Type("u");

        Assert.Equal(CommandId.Quit, Entries(typed)[0].Command);
    }

    [Fact]
    public void An_agent_that_the_filter_hides_is_shown_again()
    {
        var hidden = Scene.Model() with { List = new ListState { Filter = "clock" }, Shown = [Scene.Clock] };

        var chosen = PaletteOverlayUpdate.Open(hidden).Type("mayor").Press(Key.Enter);

        Assert.Equal("", chosen.Model.List.Filter);
        Assert.Contains("filter cleared", Assert.Single(chosen.Model.Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_says_why_and_stays()
    {
        var start = Open().Type("start");
        var index = Entries(start).Select(entry => entry.Command).ToList().IndexOf(CommandId.Start);
        Assert.Equal("it is already running", Entries(start)[index].WhyNot);

        var pressed = Enumerable.Range(0, index).Aggregate(start, (at, _) => at.Press(Key.Down)).Press(Key.Enter);
        Assert.Empty(pressed.Effects);
        Assert.IsType<PaletteOverlay>(pressed.Model.Overlay);
        Assert.Contains("already running", Assert.Single(pressed.Model.Notices).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_that_write_do_not_exist_in_a_read_only_deck()
    {
        var entries = Entries(PaletteOverlayUpdate.Open(Scene.Model() with { ReadOnly = true }));

        Assert.DoesNotContain(entries, entry => entry.Command is { } id && CommandCatalog.Of(id).Writes);
    }

    [Fact]
    public void Agents_that_need_the_operator_come_first()
    {
        var agents = Entries(Open()).Where(entry => entry.Agent is not null).Select(entry => entry.Agent!.Value);

        Assert.Equal([Scene.Broken, Scene.Coder, Scene.Mayor, Scene.Clock], agents);
    }

    [Fact]
    public void Letters_that_match_nothing_run_nothing()
    {
        var pressed = Open().Type("zzzz").Press(Key.Enter);

        Assert.Empty(pressed.Effects);
        Assert.IsType<PaletteOverlay>(pressed.Model.Overlay);
    }

    [Fact]
    public void Typing_goes_back_to_the_best_match() => Assert.Equal(0, Open().Press(Key.Down).Type("a").Open<PaletteOverlay>().Selected);

    [Fact]
    public void Clusters_are_never_torn_by_a_highlight()
    {
        var agent = Fleets.Agent("gc/e\u0301👩‍👩‍👧x");
        var opened = PaletteOverlayUpdate.Open(Scene.Model().WithFleet(agent)).Type("ex");

        var line = PaletteViewModel.Lines(Entries(opened), 0, 60).Single(found => found.ToString().Contains('x', StringComparison.Ordinal) && found.ToString().Contains("gc/", StringComparison.Ordinal));

        Assert.All(line.Runs, run => Assert.True(run.Text.Length == 0 || !char.IsLowSurrogate(run.Text[0])));
        Assert.Contains(line.Runs, run => run.Text == "e\u0301");
    }

    private static System.Collections.Immutable.ImmutableArray<PaletteEntry> Entries(Transition transition) =>
        PaletteViewModel.Entries(transition.Model, transition.Open<PaletteOverlay>());
}
