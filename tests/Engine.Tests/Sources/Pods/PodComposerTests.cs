using System.Text.Json.Nodes;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Tests.Panes;
using static AgentDeck.Engine.Tests.Sources.Pods.Bookkeeping;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PodComposerTests
{
    private const string Secret = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Bookkeeping _books = new("scion");

    [Fact]
    public void What_an_agent_of_scion_reports_is_its_activity_and_its_message()
    {
        Look("running", "waiting_for_input", message: $"use {Secret}?");

        var status = _books.Status("k/grove/coder");
        Assert.Equal((AgentPhase.Running, Activity.Waiting), (status.Phase, status.Activity));
        Assert.Equal("use ***?", status.Message);
        Assert.Equal("it reports waiting_for_input: use ***?", status.ActivityReason);
        Assert.Equal(["task=fix ***", "grove=grove"], status.Facts.Select(fact => $"{fact.Name}={fact.Value}"));
    }

    [Fact]
    public void Output_that_goes_on_after_the_look_says_more_than_the_report()
    {
        Look("running", "waiting_for_input");

        _books.Book.SetOutput("u-1", _books.Time.GetUtcNow(), isNews: true);
        Assert.Equal(Activity.Waiting, _books.Status("k/grove/coder").Activity);
        _books.Time.Advance(TimeSpan.FromSeconds(2));
        _books.Book.SetOutput("u-1", _books.Time.GetUtcNow(), isNews: true);

        Assert.Equal(Activity.Busy, _books.Status("k/grove/coder").Activity);
    }

    [Fact]
    public void A_tool_in_use_is_a_fact()
    {
        Look("running", "executing", tool: "Bash");

        Assert.Equal(Activity.Busy, _books.Status("k/grove/coder").Activity);
        Assert.Contains(new Fact("tool", "Bash"), _books.Status("k/grove/coder").Facts);
    }

    [Fact]
    public void Without_a_report_the_screen_decides()
    {
        Begin();
        _books.Book.SetLook("u-1", new PodLook(AgentScreen.OfRows(["$ "]), "bash", null), TimeSpan.FromMinutes(1));

        Assert.Equal(Activity.Idle, _books.Status("k/grove/coder").Activity);
    }

    // A terminal state of the runtime beats whatever the file says.
    [Theory]
    [InlineData(0, "Stopped/ExitedCleanly")]
    [InlineData(1, "Failed/ExitedWithError")]
    [InlineData(10, "Failed/LimitsExceeded")]
    public void The_end_of_the_container_beats_what_the_agent_reported(int exitCode, string words)
    {
        Look("running", "thinking");

        _books.Show(Ended(Scion(), exitCode));

        var status = _books.Status("k/grove/coder");
        Assert.Equal(words, $"{status.Phase}/{status.Reason}");
        Assert.Equal(Activity.None, status.Activity);
    }

    [Fact]
    public void While_there_is_no_session_a_report_of_a_start_is_believed()
    {
        _books.List(null, Scion());
        _books.Answer("u-1", null);
        Assert.Equal(["k/grove/coder Failed/SessionDead"], _books.Rows);

        _books.Book.SetInfo("u-1", new ScionAgentInfo("cloning", "", "", "half way", ""));

        Assert.Equal(["k/grove/coder Starting/Cloning"], _books.Rows);
    }

    [Fact]
    public void A_container_without_tmux_is_its_log()
    {
        var books = new Bookkeeping("oddjobs");
        books.List(null, Pod("u-1", "x", "oj-7"));

        Assert.Equal(["k/7 Running/ContainerRunning"], books.Rows);
        Assert.True(books.Status("k/7").IsLogOnly);
        Assert.Equal(["Scheduled True", "ContainerReady True"], books.Status("k/7").Conditions.Select(condition => $"{condition.Type} {condition.Status}"));
    }

    [Fact]
    public void A_container_that_we_may_not_look_into_runs_and_nothing_of_it_is_stale_or_unknown()
    {
        Begin();

        _books.Book.SetLogOnly("u-1", PodContact.Barred, "forbidden to run tmux", new FakeSource());

        var agent = _books.Agent("k/grove/coder");
        Assert.Equal(["k/grove/coder Running/ContainerRunning"], _books.Rows);
        Assert.Contains("you may not run commands in it", agent.Status.Message, StringComparison.Ordinal);
        Assert.Contains(agent.Status.Conditions, condition => condition is { Type: ConditionTypes.StreamConnected, Status: ConditionStatus.False, Reason: "Forbidden", Message: "forbidden to run tmux" });
        Assert.DoesNotContain(agent.Status.Conditions, condition => condition.Type == ConditionTypes.SessionAlive);
        Assert.Null(Freshness.LostSince(agent));
        Assert.Contains("run commands in its container", SessionRules.WhyNot(new SessionCommand.Interrupt(), agent, AccessLimits.None), StringComparison.Ordinal);
        Assert.Contains("run commands in its container", SessionRules.WhyNoAttach(agent, AccessLimits.None), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_stream_is_a_condition_and_no_other_phase()
    {
        Begin();

        _books.Book.SetLost("u-1", "the stream was cut");

        var status = _books.Status("k/grove/coder");
        Assert.Equal(AgentPhase.Running, status.Phase);
        Assert.Contains(status.Conditions, condition => condition is { Type: ConditionTypes.StreamConnected, Status: ConditionStatus.False, Reason: ConditionTypes.StreamLost, Message: "the stream was cut" });
    }

    [Fact]
    public void The_time_of_a_condition_moves_only_with_its_status()
    {
        Begin();
        var first = Alive().LastTransition;
        _books.Time.Advance(TimeSpan.FromMinutes(1));

        _books.Book.SetLook("u-1", new PodLook(AgentScreen.Empty, "vim", null), null);
        Assert.Equal(first, Alive().LastTransition);

        _books.Answer("u-1", null);
        Assert.Equal((ConditionStatus.False, _books.Time.GetUtcNow()), (Alive().Status, Alive().LastTransition));
    }

    [Fact]
    public void A_condition_of_a_pod_says_of_which_generation_of_the_declaration_it_speaks()
    {
        var books = new Bookkeeping();
        books.Book.Declare([Fleet.Spec("mayor")]);
        books.Book.Declare([Fleet.Spec("mayor", "another command")]);
        books.List(null, Pod("u-1", "mayor"));
        books.Answer("u-1", books.Session());

        Assert.Equal(2, books.Agent("k/mayor").Generation);
        Assert.All(books.Status("k/mayor").Conditions, condition => Assert.Equal(2, condition.ObservedGeneration));
    }

    [Fact]
    public void A_mark_of_gas_city_stands_while_it_is_set()
    {
        var books = new Bookkeeping();
        books.List(null, Pod("u-1", "mayor"));
        books.Answer("u-1", books.Session());

        books.Book.SetLook("u-1", new PodLook(AgentScreen.Empty, "sh", new GasCityMark("Draining", "it was asked to finish its work", null)), null);
        Assert.Contains(books.Status("k/mayor").Conditions, condition => condition is { Type: ConditionTypes.Draining, Reason: "Draining" });

        books.Book.SetLook("u-1", new PodLook(AgentScreen.Empty, "sh", null), null);
        Assert.DoesNotContain(books.Status("k/mayor").Conditions, condition => condition.Type == ConditionTypes.Draining);
    }

    private Condition Alive() => _books.Status("k/grove/coder").Conditions.Single(condition => condition.Type == ConditionTypes.SessionAlive);

    private void Begin()
    {
        _books.List(null, Scion());
        _books.Answer("u-1", _books.Session());
    }

    private void Look(string phase, string activity, string tool = "", string message = "")
    {
        Begin();
        var info = new ScionAgentInfo(phase, activity, tool, message, $"fix {Secret}");
        _books.Book.SetLook("u-1", new PodLook(AgentScreen.OfRows(["$ "]), "claude", null) { Info = info }, TimeSpan.FromMinutes(1));
    }

    private static JsonObject Scion()
    {
        var pod = Pod("u-1", "x", "grove--coder");
        pod["metadata"]!["labels"] = new JsonObject { ["scion.name"] = "coder", ["scion.grove"] = "grove" };
        return pod;
    }
}
