using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;
using AgentDeck.Tui.ViewModels.Overlays;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class ResultsOverlayUpdateTests
{
    private static readonly SessionCommand Interrupt = new SessionCommand.Interrupt();

    private static Transition Run(params AgentId[] targets) => ResultsOverlayUpdate.Run(Scene.Model(), Interrupt, [.. targets], []);

    [Fact]
    public void Each_operation_gets_a_number_of_its_own()
    {
        var started = Run(Scene.Mayor, Scene.Clock);

        Assert.Equal([1L, 2L], started.Effects.Cast<RunCommand>().Select(run => run.OperationId));
        Assert.Equal(3, started.Model.NextOperationId);
        Assert.Equal([1L, 2L], started.Model.InFlight.Keys.Order());
    }

    [Fact]
    public void One_agent_needs_no_dialog() => Assert.Null(Run(Scene.Mayor).Model.Overlay);

    [Theory]
    [InlineData(OperationOutcome.Succeeded, "interrupted", "✔ gc/mayor    interrupted")]
    [InlineData(OperationOutcome.Partial, "typed, not submitted", "◐ gc/mayor    typed, not submitted")]
    [InlineData(OperationOutcome.Refused, "it is stopped", "– gc/mayor    refused: it is stopped")]
    [InlineData(OperationOutcome.Failed, "failed: no such pane", "✖ gc/mayor    failed: no such pane")]
    public void A_result_stands_in_the_row_of_its_agent(OperationOutcome outcome, string message, string row)
    {
        var done = Run(Scene.Mayor, Scene.Clock).Tell(new OperationDone(1, Scene.Mayor, Interrupt, new OperationResult(outcome, message)));

        var lines = ResultsViewModel.Lines(done.Open<ResultsOverlay>(), 76);

        Assert.Equal(row, lines[0].ToString());
        Assert.Equal("… here/clock  under way", lines[1].ToString());
        Assert.Equal("Interrupt: 1 of 2", ResultsViewModel.Title(done.Open<ResultsOverlay>()));
    }

    [Fact]
    public void Operations_of_others_are_left_to_the_notices()
    {
        var told = Run(Scene.Mayor, Scene.Clock).Tell(new OperationDone(9, Scene.Mayor, Interrupt, new OperationResult(OperationOutcome.Succeeded, "x")));

        Assert.All(told.Open<ResultsOverlay>().Rows, row => Assert.Null(row.Result));
        Assert.False(OverlayUpdate.Tells(told.Model, 9));
    }

    [Fact]
    public void Enter_Escape_and_q_close_it()
    {
        var opened = Run(Scene.Mayor, Scene.Clock);

        Assert.Null(opened.Press(Key.Enter).Model.Overlay);
        Assert.Null(opened.Press(Key.Escape).Model.Overlay);
        Assert.Null(opened.Press('q').Model.Overlay);
        Assert.False(OverlayUpdate.Tells(opened.Press('q').Model, 1));
    }
}
