using System.Globalization;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods;
using AgentDeck.Engine.Sources.Pods.Starting;
using AgentDeck.Engine.Tmux;
using static AgentDeck.Engine.Tests.Sources.Pods.Bookkeeping;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PodBookDeclarationTests
{
    private readonly Bookkeeping _books = new();

    [Fact]
    public void A_declared_agent_without_a_pod_stands_in_the_list()
    {
        _books.Book.Declare([Fleet.Spec("mayor"), Fleet.Spec("spare", desired: DesiredState.Stopped)]);

        _books.List(null);

        Assert.Equal(["k/mayor Pending/NotStarted", "k/spare Stopped/NeverStarted"], _books.Rows);
        Assert.Null(_books.Status("k/mayor").Pod);
        Assert.Equal("no pod has its name", _books.Status("k/mayor").Origin);
    }

    [Fact]
    public void A_declared_agent_is_the_one_that_is_found_by_its_name()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Pod("u-1", "mayor"), Pod("u-2", "other", "pod-2"));

        Assert.NotNull(_books.Agent("k/mayor").Spec);
        Assert.Equal(1, _books.Agent("k/mayor").Generation);
        Assert.Null(_books.Agent("k/other").Spec);
        Assert.Equal(2, _books.Store.Current.Agents.Count);
    }

    [Fact]
    public void A_source_that_is_out_of_reach_shows_its_declared_agents_as_unknown()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);

        _books.Book.SetLink(SourceLink.Unreachable, "no route");

        Assert.Equal(["k/mayor Unknown/SourceUnreachable"], _books.Rows);
    }

    [Theory]
    [InlineData(AgentPhase.Stopped, "StoppedOnRequest", "Stopped/StoppedOnRequest")]
    [InlineData(AgentPhase.Completed, "EndedBefore", "Completed/EndedBefore")]
    [InlineData(AgentPhase.Failed, "EndedBefore", "Failed/EndedBefore")]
    [InlineData(AgentPhase.Running, "RanBefore", "Failed/PodGone")]
    public void An_agent_without_a_pod_is_as_the_engine_before_left_it_until_it_has_one(AgentPhase phase, string reason, string shown)
    {
        _books.RecallPhase = _ => new PhaseJudgement(phase, reason, "");
        _books.Book.Declare([Fleet.Spec("mayor")]);

        _books.List(null);
        Assert.Equal([$"k/mayor {shown}"], _books.Rows);
        _books.List(null);
        Assert.Equal([$"k/mayor {shown}"], _books.Rows);

        _books.Show(Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
        _books.Book.RemovePod("u-1");
        Assert.Equal(["k/mayor Failed/PodDeleted"], _books.Rows);
    }

    [Fact]
    public void A_pod_that_somebody_else_deleted_is_a_loss_of_its_declared_agent()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        _books.Show(Deleted(Pod("u-1", "mayor")));
        Assert.Equal(AgentPhase.Stopping, _books.Status("k/mayor").Phase);

        _books.Book.RemovePod("u-1");

        Assert.Equal(["k/mayor Failed/PodDeleted"], _books.Rows);
        Assert.Equal("its pod was deleted by someone else", _books.Status("k/mayor").Message);
        Assert.Contains(_books.Store.RecentEvents, happened => FleetEventText.Describe(happened) == "went from stopping to failed (PodDeleted: its pod was deleted by someone else)");
    }

    [Theory]
    [InlineData("Evicted", "The node was low on resource: memory.", null, "Evicted", "its pod was ended by the cluster: The node was low on resource: memory.")]
    [InlineData("NodeLost", "Node n-1 which was running pod mayor is unresponsive", null, "NodeLost", "its pod was ended by the cluster: Node n-1 which was running pod mayor is unresponsive")]
    [InlineData(null, null, "PreemptionByScheduler", "PreemptionByScheduler", "its pod was removed from its node by the cluster: somebody more important")]
    [InlineData("not a word", null, null, "PodDeleted", "its pod was ended by the cluster")]
    public void What_the_cluster_says_of_the_end_of_a_pod_is_told(string? reason, string? message, string? disruption, string told, string sentence)
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        var going = Deleted(Pod("u-1", "mayor"));
        (going["status"]!["reason"], going["status"]!["message"]) = (reason, message);
        if (disruption is not null)
        {
            going["status"]!["conditions"] = new JsonArray(new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True", ["reason"] = disruption, ["message"] = "somebody more important" });
        }

        _books.Show(going);
        _books.Book.RemovePod("u-1");

        Assert.Equal([$"k/mayor Failed/{told}"], _books.Rows);
        Assert.Equal(sentence, _books.Status("k/mayor").Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pod_that_was_stopped_on_request_leaves_its_declared_agent_stopped_whoever_asked(bool here)
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        if (here)
        {
            _books.Book.SetRequest(_books.Agent("k/mayor").Id, PhaseRequest.Stop);
        }
        else
        {
            _books.Show(Marked(Pod("u-1", "mayor"), EndMark.Stopped));
        }

        Assert.Equal(["k/mayor Stopping/StopRequested"], _books.Rows);
        _books.Answer("u-1", null);
        Assert.Equal(["k/mayor Stopping/PodRemains"], _books.Rows);

        _books.Book.RemovePod("u-1");
        Assert.Equal(["k/mayor Stopped/StoppedOnRequest"], _books.Rows);

        _books.Show(Pod("u-2", "mayor"));
        _books.Answer("u-2", _books.Session());
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
    }

    [Fact]
    public void A_stop_that_was_taken_back_by_another_engine_is_none()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Marked(Pod("u-1", "mayor"), EndMark.Stopped));
        _books.Answer("u-1", _books.Session());

        _books.Show(Pod("u-1", "mayor"));
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);

        _books.Book.RemovePod("u-1");
        Assert.Equal(["k/mayor Failed/PodDeleted"], _books.Rows);
    }

    [Fact]
    public void A_pod_that_makes_room_for_the_next_one_is_no_loss()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Marked(Pod("u-1", "mayor"), EndMark.Replaced));

        _books.Book.RemovePod("u-1");

        Assert.Equal(["k/mayor Pending/Replaced"], _books.Rows);
    }

    [Fact]
    public void The_old_pod_of_an_agent_that_has_a_new_one_is_missed_by_nobody()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Pod("u-1", "mayor", "old"), Pod("u-2", "mayor", "new", createdAt: 1));
        _books.Answer("u-2", _books.Session());
        _books.Book.RemovePod("u-1");
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);

        _books.Show(Marked(Pod("u-2", "mayor", "new", createdAt: 1), EndMark.Stopped));
        _books.Book.RemovePod("u-2");

        Assert.Equal(["k/mayor Stopped/StoppedOnRequest"], _books.Rows);
    }

    [Fact]
    public void An_agent_that_is_stopped_before_it_has_a_pod_stays_so_and_one_whose_start_was_broken_off_is_still_to_be_started()
    {
        _books.Book.Declare([Fleet.Spec("mayor"), Fleet.Spec("deacon")]);
        _books.List(null);
        foreach (var agent in _books.Store.Current.Agents.Keys)
        {
            _books.Book.SetStart(agent, note => note with { IsUnderWay = true });
            _books.Book.BreakOff(agent);
        }

        _books.Book.SetRequest(_books.Agent("k/deacon").Id, PhaseRequest.Stop);

        Assert.Equal(["k/deacon Stopped/StoppedOnRequest", "k/mayor Pending/StartBrokenOff"], _books.Rows);
    }

    [Theory]
    [InlineData(true, "Starting/StartUnfinished")]
    [InlineData(false, "Starting/Initializing")]
    public void A_pod_that_an_engine_made_does_not_come_up_by_itself(bool isOurs, string row)
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        var pod = Pod("u-1", "mayor");
        pod["metadata"]!["creationTimestamp"] = _books.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        pod["metadata"]!["annotations"] = isOurs ? new JsonObject { [PodPlan.HashAnnotation] = "hash" } : null;
        _books.List(null, pod);

        _books.Answer("u-1", null);
        Assert.Equal([$"k/mayor {row}"], _books.Rows);

        _books.Book.SetStart(_books.Agent("k/mayor").Id, note => note with { IsUnderWay = true });
        Assert.Equal(["k/mayor Starting/StartRequested"], _books.Rows);
    }

    [Fact]
    public void A_session_that_an_engine_made_is_started_once_it_says_that_it_is_set_up()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Ours());
        _books.Answer("u-1", _books.Session());
        Assert.Equal(["k/mayor Starting/StartUnfinished"], _books.Rows);
        var agent = _books.Agent("k/mayor");
        Assert.Null(SessionRules.WhyNot(new SessionCommand.Nudge("hello", Force: false), agent, AccessLimits.None));
        Assert.Null(SessionRules.WhyNot(new SessionCommand.Start(), agent, AccessLimits.None));
        Assert.Null(SessionRules.WhyNoAttach(agent, AccessLimits.None));

        _books.Book.SetStart(agent.Id, note => note with { IsUnderWay = true });
        Assert.Equal(["k/mayor Starting/SettingUp"], _books.Rows);
        Assert.Equal("it is already starting", SessionRules.WhyNot(new SessionCommand.Start(), _books.Agent("k/mayor"), AccessLimits.None));

        _books.Answer("u-1", _books.Session() with { SetUp = SetUpState.Done });
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
        _books.Book.SetStart(agent.Id, note => note with { IsUnderWay = false });
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
    }

    [Fact]
    public void A_stop_beats_an_unfinished_start()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Ours());
        _books.Answer("u-1", _books.Session());

        _books.Book.SetRequest(_books.Agent("k/mayor").Id, PhaseRequest.Stop);

        Assert.Equal(["k/mayor Stopping/StopRequested"], _books.Rows);
    }

    [Fact]
    public void What_ended_before_its_pod_went_stays_ended_as_it_did()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Ended(Pod("u-1", "mayor"), 3));
        Assert.Equal(["k/mayor Failed/ExitedWithError"], _books.Rows);

        _books.Book.RemovePod("u-1");

        Assert.Equal(["k/mayor Failed/ExitedWithError"], _books.Rows);
        Assert.Equal(3, _books.Status("k/mayor").ExitCode);
    }

    [Fact]
    public void Who_is_no_longer_declared_stays_while_it_has_a_pod_and_goes_when_it_has_none()
    {
        _books.Book.Declare([Fleet.Spec("mayor"), Fleet.Spec("spare")]);
        _books.List(null, Pod("u-1", "mayor"));

        _books.Book.Declare([]);

        Assert.Equal(["k/mayor"], _books.Store.Current.Agents.Keys.Select(id => id.ToString()));
        Assert.Null(_books.Agent("k/mayor").Spec);
        Assert.Contains(_books.Store.RecentEvents, happened => happened is AgentGone { Reason: "it is no longer declared" });
    }

    [Fact]
    public void A_changed_declaration_is_another_generation_and_an_equal_one_is_not()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null);
        _books.Book.Declare([Fleet.Spec("mayor")]);
        Assert.Equal(1, _books.Agent("k/mayor").Generation);

        _books.Book.Declare([Fleet.Spec("mayor", desired: DesiredState.Stopped)]);

        Assert.Equal(2, _books.Agent("k/mayor").Generation);
        Assert.Equal(["k/mayor Stopped/NeverStarted"], _books.Rows);
    }

    [Fact]
    public void Where_agents_have_a_namespace_a_declaration_stands_for_itself_only_until_one_has_its_name()
    {
        var books = new Bookkeeping("gascity", "a", "b");
        books.Book.Declare([Fleet.Spec("mayor")]);
        books.List("a");
        books.List("b");
        Assert.Equal(["k/mayor Pending/NotStarted"], books.Rows);

        books.Show(Pod("u-1", "mayor", namespaceName: "b"));
        Assert.Equal(["k/b/mayor"], books.Store.Current.Agents.Keys.Select(id => id.ToString()));
        Assert.NotNull(books.Agent("k/b/mayor").Spec);

        books.Book.RemovePod("u-1");
        Assert.Equal(["k/mayor Failed/PodDeleted"], books.Rows);
    }

    private static JsonObject Ours()
    {
        var pod = Pod("u-1", "mayor");
        pod["metadata"]!["annotations"] = new JsonObject { [PodPlan.HashAnnotation] = "hash" };
        return pod;
    }
}
