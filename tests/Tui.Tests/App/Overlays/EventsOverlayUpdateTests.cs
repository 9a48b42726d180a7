using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class EventsOverlayUpdateTests
{
    private static Transition Open() => EventsOverlayUpdate.Open(Scene.Model());

    [Fact]
    public void The_newest_stands_first_and_is_selected()
    {
        var view = View(Open());

        Assert.Equal([6, 5, 4, 3, 2, 1], view.Events.Select(happened => happened.Seq));
        Assert.Equal(0, view.Selected);
    }

    [Fact]
    public void Enter_goes_to_the_agent()
    {
        var chosen = Open().Press(Key.Down).Press(Key.Down).Press(Key.Enter);

        Assert.Equal(Scene.Clock, chosen.Model.List.Selected);
        Assert.Null(chosen.Model.Overlay);
    }

    [Fact]
    public void An_event_of_a_source_leads_nowhere() => Assert.IsType<EventsOverlay>(Open().Press(Key.Down).Press(Key.Enter).Model.Overlay);

    [Fact]
    public void The_selection_stays_on_its_event_when_new_ones_arrive()
    {
        var chosen = Open().Press(Key.Down);
        var later = chosen.Model with { Events = chosen.Model.Events.Add(new AgentAppeared(7, chosen.Model.Now, Scene.Mayor, AgentPhase.Running)) };

        var view = View(later);

        Assert.Equal(5, view.Events[view.Selected].Seq);
    }

    [Fact]
    public void A_filter_is_typed_kept_and_cleared()
    {
        var typed = Open().Press('/').Type("anna cod");
        Assert.Equal([6], View(typed).Events.Select(happened => happened.Seq));

        var kept = typed.Press(Key.Enter);
        Assert.False(kept.Open<EventsOverlay>().Filter.IsTyping);

        var cleared = kept.Press(Key.Escape);
        Assert.Equal(6, View(cleared).Events.Length);
        Assert.Null(cleared.Press(Key.Escape).Model.Overlay);
    }

    [Fact]
    public void Letters_belong_to_the_filter_while_it_is_typed()
    {
        var typed = Open().Press('/').Type("jkq");

        Assert.Equal("jkq", typed.Open<EventsOverlay>().Filter.Text);
    }

    [Fact]
    public void A_click_selects_the_row_under_it()
    {
        var opened = Open();
        var body = EventsViewModel.Place(opened.Model).Body;

        var view = View(opened.Click(body.X, body.Y + 3));

        Assert.Equal(3, view.Selected);
        Assert.Equal(3, View(opened.Click(body.X, body.Y + 3).Click(body.X, body.Y + 12)).Selected);
        Assert.Null(opened.Click(0, 0).Model.Overlay);
    }

    private static EventsViewModel View(Transition transition) =>
        EventsViewModel.Build(transition.Model, transition.Open<EventsOverlay>(), 74);
}
