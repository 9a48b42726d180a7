using AgentDeck.Engine.Domain;
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

    [Fact]
    public void A_pod_that_was_deleted_leaves_its_declared_agent_stopped()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null, Pod("u-1", "mayor"));
        _books.Answer("u-1", _books.Session());
        _books.Show(Deleted(Pod("u-1", "mayor")));

        _books.Book.RemovePod("u-1");
        Assert.Equal(["k/mayor Stopped/StoppedOnRequest"], _books.Rows);

        _books.Show(Pod("u-2", "mayor"));
        _books.Answer("u-2", _books.Session());
        Assert.Equal(["k/mayor Running/SessionAlive"], _books.Rows);
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
        Assert.Equal(["k/mayor Stopped/StoppedOnRequest"], books.Rows);
    }
}
