using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.App;
using AgentDeck.Tui.App.Effects;
using AgentDeck.Tui.App.Overlays;
using AgentDeck.Tui.Terminal.Input;

namespace AgentDeck.Tui.Tests.App.Overlays;

public sealed class NudgeOverlayUpdateTests
{
    private static Transition Open(params AgentId[] targets) => NudgeOverlayUpdate.Open(Scene.Model(), [.. targets]);

    [Fact]
    public void Enter_sends_to_one_agent_closes_and_remembers()
    {
        var sent = Open(Scene.Clock).Type("go on").Press(Key.Enter);

        var run = Assert.IsType<RunCommand>(Assert.Single(sent.Effects));
        Assert.Equal((Scene.Clock, new SessionCommand.Nudge("go on", Force: false)), (run.Agent, run.Command));
        Assert.Null(sent.Model.Overlay);
        Assert.Equal(run, sent.Model.InFlight[run.OperationId]);
        Assert.Equal(run.OperationId + 1, sent.Model.NextOperationId);
        Assert.Equal("go on", sent.Model.NudgeHistory[^1]);
    }

    [Fact]
    public void Several_agents_get_a_result_each()
    {
        var sent = Open(Scene.Clock, Scene.Mayor).Type("x").Press(Key.Enter);

        Assert.Equal(2, sent.Effects.Length);
        Assert.Equal([Scene.Clock, Scene.Mayor], sent.Open<ResultsOverlay>().Rows.Select(row => row.Agent));
        Assert.True(OverlayUpdate.Tells(sent.Model, 1));
        Assert.False(OverlayUpdate.Tells(sent.Model, 99));
    }

    [Fact]
    public void A_blocked_agent_is_refused_until_it_is_forced()
    {
        var refused = Open(Scene.Coder).Type("x").Press(Key.Enter);
        Assert.Empty(refused.Effects);
        Assert.True(refused.Open<NudgeOverlay>().IsWarned);

        var again = refused.Press(Key.Enter);
        Assert.Empty(again.Effects);

        var forced = again.Press('f', KeyModifiers.Control);
        Assert.Equal(new SessionCommand.Nudge("x", Force: true), Assert.IsType<RunCommand>(Assert.Single(forced.Effects)).Command);
    }

    [Fact]
    public void Nothing_is_forced_before_the_reason_was_shown()
    {
        var pressed = Open(Scene.Coder).Type("x").Press('f', KeyModifiers.Control);

        Assert.Empty(pressed.Effects);
        Assert.NotNull(pressed.Model.Overlay);
    }

    [Fact]
    public void Writing_on_after_a_refusal_asks_again()
    {
        var refused = Open(Scene.Coder, Scene.Mayor).Type("x").Press(Key.Enter);

        Assert.False(refused.Type("y").Open<NudgeOverlay>().IsWarned);
    }

    [Fact]
    public void A_second_Enter_sends_to_those_who_take_it_and_reports_the_others()
    {
        var sent = Open(Scene.Coder, Scene.Mayor).Type("x").Press(Key.Enter).Press(Key.Enter);

        Assert.Equal(Scene.Mayor, Assert.IsType<RunCommand>(Assert.Single(sent.Effects)).Agent);
        var rows = sent.Open<ResultsOverlay>().Rows;
        Assert.Equal(OperationOutcome.Refused, rows.Single(row => row.Agent == Scene.Coder).Result!.Value.Outcome);
    }

    [Fact]
    public void An_agent_that_disappeared_meanwhile_is_not_sent_to()
    {
        var opened = Open(Scene.Clock).Type("x");
        var sent = new Transition(opened.Model.WithFleet(Fleets.Agent("gc/mayor")), []).Press(Key.Enter).Press(Key.Enter).Press('f', KeyModifiers.Control);

        Assert.Empty(sent.Effects);
        Assert.IsType<NudgeOverlay>(sent.Model.Overlay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void An_empty_message_is_not_sent(string text)
    {
        var pressed = Open(Scene.Clock).Type(text).Press(Key.Enter);

        Assert.Empty(pressed.Effects);
        Assert.NotNull(pressed.Open<NudgeOverlay>().Problem);
    }

    [Fact]
    public void Escape_keeps_what_was_written_for_the_next_time()
    {
        var left = Open(Scene.Clock).Type("half a thou").Press(Key.Escape);
        Assert.Null(left.Model.Overlay);

        var reopened = NudgeOverlayUpdate.Open(left.Model, [Scene.Mayor]);
        Assert.Equal("half a thou", reopened.Open<NudgeOverlay>().Input.Text);

        var sent = reopened.Type("ght").Press(Key.Enter);
        Assert.Equal("", sent.Model.NudgeDraft);
    }

    [Fact]
    public void New_lines_come_from_keys_and_pastes_and_are_sent_as_they_are()
    {
        var sent = Open(Scene.Clock).Type("a").Press(Key.Enter, KeyModifiers.Alt).Type("b").Press('j', KeyModifiers.Control).Paste("c\nd").Press(Key.Enter);

        Assert.Equal(new SessionCommand.Nudge("a\nb\nc\nd", Force: false), Assert.IsType<RunCommand>(Assert.Single(sent.Effects)).Command);
    }

    [Fact]
    public void Earlier_messages_come_back_most_recent_first_and_the_draft_at_the_end()
    {
        var draft = Open(Scene.Clock).Type("mine");
        var newest = draft.Press(Key.Up);
        Assert.Equal("first line\nsecond line", newest.Open<NudgeOverlay>().Input.Text);

        // The caret stands in the last of two lines: the first Up goes to the first line, the second one further back.
        var older = newest.Press(Key.Up).Press(Key.Up);
        Assert.Equal("Continue with the plan.", older.Open<NudgeOverlay>().Input.Text);

        var oldest = older.Press(Key.Up).Press(Key.Up);
        Assert.Equal("run the tests", oldest.Open<NudgeOverlay>().Input.Text);

        var back = oldest.Press(Key.Down).Press(Key.Down).Press(Key.Down);
        Assert.Equal("mine", back.Open<NudgeOverlay>().Input.Text);
    }

    [Fact]
    public void A_message_sent_twice_is_remembered_once_and_the_history_is_bounded()
    {
        var transition = new Transition(Scene.Model() with { NudgeHistory = [] }, []);
        for (var i = 0; i < 150; i++)
        {
            transition = NudgeOverlayUpdate.Open(transition.Model, [Scene.Clock]).Type($"{i % 120}").Press(Key.Enter);
        }

        Assert.Equal(100, transition.Model.NudgeHistory.Length);
        Assert.Equal(transition.Model.NudgeHistory.Distinct(), transition.Model.NudgeHistory);
        Assert.Equal("29", transition.Model.NudgeHistory[^1]);
    }

    [Fact]
    public void A_template_is_inserted_where_the_caret_stands()
    {
        var chosen = Open(Scene.Clock).Type("please: ").Press(Key.Tab).Press(Key.Down).Press(Key.Enter);

        Assert.Equal("please: Run all tests,\nthen say what failed.", chosen.Open<NudgeOverlay>().Input.Text);
        Assert.Null(chosen.Open<NudgeOverlay>().Template);
    }

    [Fact]
    public void Escape_among_the_templates_goes_back_to_the_text()
    {
        var back = Open(Scene.Clock).Type("x").Press('t', KeyModifiers.Control).Press(Key.Escape);

        Assert.Equal("x", back.Open<NudgeOverlay>().Input.Text);
    }

    [Fact]
    public void Without_templates_it_says_how_to_get_some()
    {
        var pressed = NudgeOverlayUpdate.Open(Scene.Model() with { NudgeTemplates = [] }, [Scene.Clock]).Press('t', KeyModifiers.Control);

        Assert.Contains("[[nudge]]", pressed.Open<NudgeOverlay>().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_click_outside_does_not_lose_the_text() => Assert.IsType<NudgeOverlay>(Open(Scene.Clock).Type("x").Click(0, 0).Model.Overlay);
}
