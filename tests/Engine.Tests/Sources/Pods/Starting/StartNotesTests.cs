using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;
using static AgentDeck.Engine.Tests.Sources.Pods.Bookkeeping;

namespace AgentDeck.Engine.Tests.Sources.Pods.Starting;

public sealed class StartNotesTests
{
    private static readonly AgentId Mayor = new("k", "", "mayor");

    private readonly Bookkeeping _books = new();

    [Fact]
    public void A_start_shows_before_there_is_a_pod_and_its_failure_after()
    {
        Declare();
        Note(_ => new StartNote { IsUnderWay = true });
        Assert.Equal(["k/mayor Starting/StartRequested"], _books.Rows);

        Note(note => note with { IsUnderWay = false, Error = "no image" });
        Assert.Equal(["k/mayor Failed/StartFailed"], _books.Rows);
        Assert.Equal("no image", _books.Status("k/mayor").Message);
    }

    [Fact]
    public void A_pod_that_is_replaced_leaves_its_agent_starting_and_not_stopped()
    {
        Declare();
        _books.Show(Pod("u-1", "mayor"));
        Note(_ => new StartNote { IsUnderWay = true });

        _books.Book.RemovePod("u-1");

        Assert.Equal(["k/mayor Starting/StartRequested"], _books.Rows);
    }

    [Fact]
    public void What_the_pod_says_counts_more_than_that_a_start_was_asked_for()
    {
        Declare();
        Note(_ => new StartNote { IsUnderWay = true });
        _books.Show(Deleted(Pod("u-1", "mayor")));
        Assert.Equal(["k/mayor Stopping/TerminationOverdue"], _books.Rows);
    }

    [Fact]
    public void A_session_that_lives_after_all_makes_the_failure_forgotten()
    {
        Declare();
        _books.Show(Pod("u-1", "mayor"));
        Note(_ => new StartNote { Error = "too late" });
        _books.Answer("u-1", null);
        Assert.Equal(["k/mayor Failed/StartFailed"], _books.Rows);

        _books.Answer("u-1", _books.Session());
        _books.Answer("u-1", null);

        Assert.NotEqual(["k/mayor Failed/StartFailed"], _books.Rows);
    }

    [Fact]
    public void Warnings_are_a_condition_and_the_output_of_the_run_before_is_shown()
    {
        Declare();
        _books.Show(Pod("u-1", "mayor"));

        Note(note => note.Warn("session_setup 1 failed: exit code 3").Warn("more") with { LastOutput = ["one", "ghp_0123456789abcdefghijABCDEFGHIJ012345"] });

        var condition = Assert.Single(_books.Status("k/mayor").Conditions, condition => condition.Type == ConditionTypes.Prepared);
        Assert.Equal((ConditionStatus.False, "session_setup 1 failed: exit code 3; more"), (condition.Status, condition.Message));
        Assert.Equal(["last output=one", "last output=***"], _books.Status("k/mayor").Facts.Select(fact => $"{fact.Name}={fact.Value}"));
    }

    private void Declare()
    {
        _books.Book.Declare([Fleet.Spec("mayor")]);
        _books.List(null);
    }

    private void Note(Func<StartNote, StartNote> change) => _books.Book.SetStart(Mayor, change);
}
