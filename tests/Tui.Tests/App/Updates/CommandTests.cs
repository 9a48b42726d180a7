using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App.Commands;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Messages;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App.Updates;

public sealed class CommandTests
{
    [Fact]
    public void Attach_hands_the_terminal_to_the_selected_agent() =>
        Assert.Equal(TestDeck.Id("here/clock"), Assert.Single(new TestDeck().Press("G", "enter").Effects.OfType<AttachTerminal>()).Agent);

    [Fact]
    public void An_agent_that_does_not_run_cannot_be_attached_to()
    {
        var deck = new TestDeck().Press("enter");

        Assert.DoesNotContain(deck.Effects, effect => effect is AttachTerminal);
        Assert.Contains("Attach: it is failed", deck.News);
    }

    [Fact]
    public void One_agent_is_interrupted_at_once_and_marked_while_it_is_under_way()
    {
        var deck = new TestDeck().Press("G", "i");
        var run = Assert.Single(deck.Effects.OfType<RunCommand>());
        Assert.IsType<SessionCommand.Interrupt>(run.Command);
        Assert.True(deck.Model.InFlight.ContainsKey(run.OperationId));

        deck.Send(new OperationDone(run.OperationId, run.Agent, run.Command, new OperationResult(OperationOutcome.Succeeded, "interrupted")));
        Assert.Empty(deck.Model.InFlight);
        Assert.Contains("interrupt here/clock: interrupted", deck.News);
    }

    [Theory]
    [InlineData("i")]
    [InlineData("c")]
    public void Several_marked_agents_are_asked_about_first(string key)
    {
        var deck = new TestDeck().Press("*", key);

        Assert.IsType<ConfirmOverlay>(deck.Model.Overlay);
        Assert.Empty(deck.Effects.OfType<RunCommand>());
    }

    [Fact]
    public void What_an_agent_wants_is_acknowledged_from_the_palette()
    {
        var run = Assert.Single(new TestDeck().Press(":").Type("acknowledge").Press("enter").Effects.OfType<RunCommand>());

        Assert.Equal((TestDeck.Id("gc/coder-7"), new SessionCommand.Acknowledge()), (run.Agent, run.Command));
    }

    [Fact]
    public void Several_marked_agents_are_acknowledged_after_a_question() =>
        Assert.IsType<ConfirmOverlay>(new TestDeck().Press("*", ":").Type("acknowledge").Press("enter").Model.Overlay);

    [Theory]
    [InlineData("x")]
    [InlineData("r")]
    public void Stop_and_restart_ask_first(string key) => Assert.IsType<ConfirmOverlay>(new TestDeck().Press("G", key).Model.Overlay);

    [Fact]
    public void The_log_of_a_local_agent_is_refused_with_the_reason() =>
        Assert.Contains("Log: a local agent has no container log; its screen and history are in its pane", new TestDeck().Press("l").News);

    [Theory]
    [InlineData(nameof(CommandId.Attach))]
    [InlineData(nameof(CommandId.Nudge))]
    [InlineData(nameof(CommandId.Interrupt))]
    [InlineData(nameof(CommandId.Stop))]
    [InlineData(nameof(CommandId.TypeInto))]
    public void A_read_only_deck_refuses_whatever_writes(string name)
    {
        var command = Enum.Parse<CommandId>(name);
        var deck = new TestDeck(change: model => model with { ReadOnly = true }).Press("G");
        var next = CommandDispatch.Run(deck.Model, command);

        Assert.Empty(next.Effects);
        Assert.Null(next.Model.Overlay);
        Assert.Contains(next.Model.Notices, notice => notice.Text.Contains("read-only", StringComparison.Ordinal));
        Assert.DoesNotContain(CommandCatalog.In(deck.Model), info => info.Id == command);
    }

    [Fact]
    public void Every_command_can_be_run_in_an_empty_and_in_a_full_deck()
    {
        var stopped = Fleets.Agent("here/stopped", AgentPhase.Completed, spec: Fleets.Spec("here/stopped"));
        var pod = Fleets.Agent("gc/pod");
        var inPod = pod with { Status = pod.Status with { Pod = new PodStatus("ns", "pod", "u-1", "node-1", "Running") } };
        TestDeck[] decks =
        [
            new(Fleets.Of([])), new(width: 1, height: 1), new(), new TestDeck().Press("G"), new TestDeck().Press("2"),
            new(Fleets.Of([stopped])), new(Fleets.Of([inPod])), new TestDeck(Fleets.Of([pod])).Show("gc/pod", "tick", "tick").Press("1", "/").Type("tick").Press("enter"),
            new(Fleets.Of([.. Enumerable.Range(1, 9).Select(number => Fleets.Agent($"gc/{number}"))]), 300, 100, model => model with { Wall = model.Wall with { Panes = 9 } }),
        ];
        var idle = new List<CommandId>();
        foreach (var command in CommandCatalog.All)
        {
            var runs = decks.Select(deck => (deck.Model, After: CommandDispatch.Run(deck.Model, command.Id))).ToList();
            if (runs.TrueForAll(run => command.WhyNot(run.Model) is not null || (run.After.Effects.IsEmpty && ReferenceEquals(run.Model, run.After.Model))))
            {
                idle.Add(command.Id);
            }

            Assert.All(runs, run => new TestDeck(change: _ => run.After.Model).Draw());
        }

        // While keys go to an agent, nothing else can be asked for.
        Assert.Equal([CommandId.EndTyping], idle);
    }

    [Fact]
    public void Quit_ends_the_deck_and_so_does_the_end_of_the_terminal()
    {
        Assert.Contains(new TestDeck().Press("q").Effects, effect => effect is QuitApp);
        Assert.Contains(new TestDeck().Press("ctrl+c").Effects, effect => effect is QuitApp);
        Assert.Contains(new TestDeck().Send(new TerminalClosed("hang-up")).Effects, effect => effect is QuitApp);
    }

    [Fact]
    public void A_paste_into_the_list_changes_nothing_and_says_where_it_belongs()
    {
        var deck = new TestDeck();
        deck.Effects.Clear();
        deck.Send(new TextPasted("rm -rf\nx"));

        Assert.Empty(deck.Effects);
        Assert.Contains(deck.News, text => text.Contains("a paste goes nowhere here", StringComparison.Ordinal));
    }

    [Fact]
    public void News_disappears_by_itself_and_the_same_news_does_not_pile_up()
    {
        var deck = new TestDeck().Press("l", "l", "l");
        Assert.Single(deck.News);

        Assert.Empty(deck.Wait(TimeSpan.FromSeconds(30)).News);
    }
}
