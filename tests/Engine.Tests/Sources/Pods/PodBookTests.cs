using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using static AgentDeck.Engine.Tests.Sources.Pods.Bookkeeping;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PodBookTests
{
    private readonly Bookkeeping _books = new();

    [Fact]
    public void A_list_and_the_word_that_its_place_answers_are_one_change()
    {
        var version = _books.Store.Current.Version;
        _books.Book.SetPods(null, [_books.Track(Ended(Pod("u-1", "mayor"), 0)), _books.Track(Pod("u-2", "deacon", "pod-2"))]);
        Assert.Equal(version, _books.Store.Current.Version);

        _books.Book.SetLink(SourceLink.Live, null);

        Assert.Equal(version + 1, _books.Store.Current.Version);
        Assert.Equal(["k/deacon Unknown/SessionNotObserved", "k/mayor Completed/ExitedCleanly"], _books.Rows);
    }

    [Fact]
    public void Of_two_pods_of_an_agent_the_newer_life_counts()
    {
        var old = Pod("u-1", "mayor", "old");
        _books.List(null, Deleted(old), Pod("u-2", "mayor", "new", createdAt: 1));
        _books.Answer("u-2", _books.Session());

        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
        Assert.Equal("u-2", _books.Status("k/mayor").Pod!.Uid);

        _books.Book.RemovePod("u-1");

        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
    }

    [Fact]
    public void While_only_the_old_pod_is_there_it_is_the_agent_though_it_ends()
    {
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        _books.Show(Deleted(Pod("u-1", "mayor")));

        Assert.Equal(AgentPhase.Stopping, _books.Status("k/mayor").Phase);

        _books.Show(Pod("u-2", "mayor", createdAt: 1));
        Assert.Equal("u-2", _books.Status("k/mayor").Pod!.Uid);
        // Nothing is known of the tmux in the new pod.
        Assert.Equal((AgentPhase.Unknown, "SessionNotObserved"), (_books.Status("k/mayor").Phase, _books.Status("k/mayor").Reason));
    }

    [Fact]
    public void The_same_name_with_another_uid_is_another_run_that_inherits_nothing()
    {
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        _books.Book.SetRequest(_books.Agent("k/mayor").Id, PhaseRequest.Stop);
        _books.Book.SetLost("u-1", "cut");

        var gone = _books.List(null, Pod("u-2", "mayor"));
        _books.Answer("u-2", _books.Session());

        Assert.Equal<string>(["u-1"], gone);
        Assert.Null(_books.Book.FindPod("u-1"));
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
        Assert.Equal(["Scheduled", "ContainerReady", "SessionAlive", "StreamConnected"], _books.Status("k/mayor").Conditions.Select(condition => condition.Type));
        Assert.All(_books.Status("k/mayor").Conditions, condition => Assert.Equal(ConditionStatus.True, condition.Status));
    }

    [Fact]
    public void What_is_told_of_a_pod_that_is_gone_changes_nothing()
    {
        _books.List(null, Pod("u-2", "mayor"));
        _books.Answer("u-2", _books.Session());
        var before = _books.Store.Current;

        _books.Answer("u-1", null);
        _books.Book.SetLost("u-1", "cut");
        _books.Book.RemovePod("u-1");

        Assert.Equal(before.Agents, _books.Store.Current.Agents);
    }

    [Fact]
    public void A_pod_whose_label_is_edited_is_another_agent_from_then_on()
    {
        _books.List(null, Pod("u-1", "mayor"), Pod("u-9", "other", "pod-9"));
        _books.Answer("u-1", _books.Session());

        _books.Show(Pod("u-1", "deputy"));

        Assert.Equal(["k/deputy Unknown/SessionNotObserved", "k/other Unknown/SessionNotObserved"], _books.Rows);
        Assert.Null(_books.Book.Find(new AgentId("k", "", "mayor")));
        Assert.Contains(_books.Store.RecentEvents, happened => happened is AgentGone { Reason: "its pod has another name now" });
    }

    [Fact]
    public void A_label_that_is_edited_to_the_name_of_another_agent_hides_it_only_while_it_is_newer()
    {
        _books.List(null, Pod("u-1", "mayor"), Pod("u-2", "deputy", "pod-2", createdAt: 1));

        _books.Show(Pod("u-2", "mayor", "pod-2", createdAt: 1));
        Assert.Equal("u-2", _books.Status("k/mayor").Pod!.Uid);

        _books.Show(Pod("u-2", "deputy", "pod-2", createdAt: 1));
        Assert.Equal("u-1", _books.Status("k/mayor").Pod!.Uid);
        Assert.Equal("u-2", _books.Status("k/deputy").Pod!.Uid);
    }

    [Fact]
    public void A_container_that_was_started_again_has_a_tmux_of_which_nothing_is_known()
    {
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        var restarted = Pod("u-1", "mayor");
        restarted["status"]!["containerStatuses"]![0]!["restartCount"] = 1;

        _books.Show(restarted);

        Assert.Null(_books.Book.FindPod("u-1")!.Session);
        Assert.Null(_books.Book.FindPod("u-1")!.Handle);
        Assert.Equal(1, _books.Status("k/mayor").Restarts);
    }

    [Fact]
    public void A_list_of_one_namespace_says_nothing_about_another()
    {
        var books = new Bookkeeping("gascity", "a", "b");
        books.List("a", Pod("u-1", "mayor", namespaceName: "a"));
        books.List("b", Pod("u-2", "mayor", namespaceName: "b"));

        Assert.Equal<string>(["u-1"], books.List("a"));

        Assert.Equal(["k/b/mayor"], books.Store.Current.Agents.Keys.Select(id => id.ToString()));
    }

    [Fact]
    public void An_api_that_does_not_answer_changes_no_agent_and_ages_all()
    {
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());

        _books.Book.SetLink(SourceLink.Stale, "it does not answer");

        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
        Assert.Equal((SourceLink.Stale, "it does not answer"), (_books.Store.Current.Sources.Single().Link, _books.Store.Current.Sources.Single().Error));
        Assert.All(_books.Status("k/mayor").Conditions, condition => Assert.Equal(ConditionStatus.Unknown, condition.Status));
    }

    [Fact]
    public void Telling_the_same_again_is_no_change()
    {
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        var before = _books.Store.Current.Version;

        _books.Show(Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Book.FindPod("u-1")!.Session);

        Assert.Equal(before, _books.Store.Current.Version);
    }

    [Fact]
    public void Agents_of_one_name_in_two_groves_stay_apart()
    {
        var books = new Bookkeeping("scion");
        books.List(null, Scion("u-1", "alpha", "coder"), Scion("u-2", "beta", "coder"), Scion("u-3", null, "coder"));

        Assert.Equal(["k/alpha/coder", "k/beta/coder", "k/coder"], books.Store.Current.Agents.Keys.Select(id => id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("u-2", books.Book.Find(new AgentId("k", "beta", "coder"))!.Pod.Uid);
    }

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m")]
    [InlineData("\u202Eevil")]
    [InlineData("line\nfeed\r\0")]
    [InlineData("\u009b2J")]
    public void Hostile_names_stay_apart_and_nothing_shown_holds_a_control(string name)
    {
        var hostile = Pod("u-1", "x");
        hostile["metadata"]!["name"] = "pod\u001b]0;title\u0007";
        hostile["metadata"]!["annotations"] = new JsonObject { ["gc-session-name"] = name };
        var twin = Pod("u-2", "x", "pod-2");
        twin["metadata"]!["annotations"] = new JsonObject { ["gc-session-name"] = PlainText.Sanitize(name) };
        hostile["status"]!["message"] = "why\u001b[2J";
        hostile["status"]!["conditions"] = new JsonArray(new JsonObject { ["type"] = "PodScheduled\u202E", ["status"] = "False", ["message"] = "no\u0007de" });

        _books.List(null, hostile, twin);

        Assert.Equal(2, _books.Store.Current.Agents.Count);
        Assert.All(_books.Store.Current.Agents.Values.SelectMany(agent => Texts(agent.Status)), text => Assert.Equal(PlainText.Sanitize(text), text));
    }

    [Fact]
    public void Names_and_values_of_any_length_are_bounded()
    {
        var large = Pod("u-1", "x");
        large["metadata"]!["annotations"] = new JsonObject { ["gc-session-name"] = new string('a', 100_000) };
        large["metadata"]!["name"] = new string('b', 100_000);

        _books.List(null, large);

        Assert.Equal(1024, _books.Store.Current.Agents.Keys.Single().Name.Length);
        Assert.All(Texts(_books.Store.Current.Agents.Values.Single().Status), text => Assert.InRange(text.Length, 0, 1024));
    }

    [Fact]
    public void A_book_that_is_closed_writes_nothing_more()
    {
        _books.List(null, Pod("u-1", "mayor"));
        var before = _books.Store.Current;
        _books.Book.Close();

        _books.Show(Pod("u-2", "deputy", "pod-2"));

        Assert.Same(before, _books.Store.Current);
    }

    [Fact]
    public void A_source_that_fell_over_stays_unreachable()
    {
        _books.List(null, Pod("u-1", "mayor"));
        _books.Book.Fail("it fell over");

        _books.Book.SetLink(SourceLink.Live, null);

        Assert.Equal((SourceLink.Unreachable, "it fell over"), (_books.Store.Current.Sources.Single().Link, _books.Store.Current.Sources.Single().Error));
    }

    private static JsonObject Scion(string uid, string? grove, string name)
    {
        var pod = Pod(uid, "x", $"{grove}--{name}");
        pod["metadata"]!["labels"] = new JsonObject { ["scion.name"] = name, ["scion.grove"] = grove };
        return pod;
    }

    private static IEnumerable<string> Texts(AgentStatus status) =>
    [
        status.Reason, status.Message, status.ActivityReason, status.Origin, status.LastLine ?? "", status.Command ?? "",
        status.Pod?.Name ?? "", status.Pod?.Namespace ?? "", status.Pod?.Uid ?? "", status.Pod?.Phase ?? "", status.Pod?.Container ?? "", status.Pod?.Image ?? "",
        .. status.Conditions.SelectMany(condition => new[] { condition.Type, condition.Reason, condition.Message }),
        .. status.Facts.SelectMany(fact => new[] { fact.Name, fact.Value }),
    ];
}
