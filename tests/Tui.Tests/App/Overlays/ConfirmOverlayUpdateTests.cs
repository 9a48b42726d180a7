using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class ConfirmOverlayUpdateTests
{
    private static Transition Open(SessionCommand command, params AgentId[] targets) => ConfirmOverlayUpdate.Open(Scene.Model(), command, [.. targets]);

    [Fact]
    public void Enter_in_haste_neither_stops_nor_restarts()
    {
        foreach (var command in new SessionCommand[] { new SessionCommand.Stop(), new SessionCommand.Restart() })
        {
            var pressed = Open(command, Scene.Clock).Press(Key.Enter);

            Assert.Empty(pressed.Effects);
            Assert.Null(pressed.Model.Overlay);
        }
    }

    [Fact]
    public void Tab_and_Enter_or_y_do_it()
    {
        foreach (var confirmed in new[] { Open(new SessionCommand.Stop(), Scene.Clock).Press(Key.Tab).Press(Key.Enter), Open(new SessionCommand.Stop(), Scene.Clock).Press('y') })
        {
            Assert.Equal(new SessionCommand.Stop(), Assert.IsType<RunCommand>(Assert.Single(confirmed.Effects)).Command);
            Assert.Null(confirmed.Model.Overlay);
        }
    }

    [Fact]
    public void It_is_done_only_where_it_can_be_done()
    {
        var confirmed = Open(new SessionCommand.Stop(), Scene.Mayor, Scene.Broken, Scene.Nobody, Scene.Clock).Press('y');

        Assert.Equal([Scene.Mayor, Scene.Clock], confirmed.Effects.Cast<RunCommand>().Select(run => run.Agent));
    }

    [Fact]
    public void Where_nothing_can_be_done_there_is_nothing_to_confirm()
    {
        var opened = Open(new SessionCommand.Start(), Scene.Clock, Scene.Mayor);
        Assert.Equal("", ConfirmViewModel.Build(opened.Model, opened.Open<ConfirmOverlay>()).Yes);

        var pressed = opened.Press('y');
        Assert.Empty(pressed.Effects);
        Assert.Null(pressed.Model.Overlay);
    }

    [Fact]
    public void Escape_n_q_and_a_click_outside_cancel()
    {
        var opened = Open(new SessionCommand.Stop(), Scene.Clock);
        foreach (var left in new[] { opened.Press(Key.Escape), opened.Press('n'), opened.Press('q'), opened.Click(0, 0), opened.Press('c', KeyModifiers.Control) })
        {
            Assert.Empty(left.Effects);
            Assert.Null(left.Model.Overlay);
        }
    }

    [Fact]
    public void Buttons_can_be_clicked()
    {
        var opened = Open(new SessionCommand.Stop(), Scene.Clock);
        var view = ConfirmViewModel.Build(opened.Model, opened.Open<ConfirmOverlay>());

        Assert.Single(opened.Click(view.YesButton.X, view.YesButton.Y).Effects);
        Assert.Null(opened.Click(view.NoButton.X, view.NoButton.Y).Model.Overlay);
        Assert.NotNull(opened.Click(view.Text.X, view.Text.Y).Model.Overlay);
    }

    [Fact]
    public void A_paste_confirms_nothing() => Assert.Empty(Open(new SessionCommand.Stop(), Scene.Clock).Paste("y\n").Effects);

    [Fact]
    public void An_agent_that_disappears_while_it_is_asked_is_left_out()
    {
        var gone = Open(new SessionCommand.Stop(), Scene.Clock, Scene.Mayor).TellFleet(Fleets.Agent("gc/mayor")).Press('y');

        Assert.Equal(Scene.Mayor, Assert.IsType<RunCommand>(Assert.Single(gone.Effects)).Agent);
    }
}
