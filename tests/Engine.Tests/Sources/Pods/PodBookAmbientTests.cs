using System.Text.Json.Nodes;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using static AgentDeck.Engine.Tests.Sources.Pods.Bookkeeping;

namespace AgentDeck.Engine.Tests.Sources.Pods;

public sealed class PodBookAmbientTests
{
    private readonly Bookkeeping _books = new("ambient");

    [Fact]
    public void A_session_without_a_pod_is_an_agent()
    {
        _books.List(null);
        _books.Say(Session("Creating"));

        Assert.Equal(["k/s Starting/SessionCreating"], _books.Rows);
        Assert.Null(_books.Status("k/s").Pod);
        Assert.Equal("agenticsessions.vteam.ambient-code ns/s", _books.Status("k/s").Origin);
    }

    [Fact]
    public void A_session_and_its_runner_are_one_agent_whichever_is_heard_of_first()
    {
        _books.List(null, Runner());
        Assert.Equal(["k/s Running/ContainerRunning"], _books.Rows);
        _books.Say(Session("Running"));
        Assert.Equal(["k/s Running/SessionRunning"], _books.Rows);

        var other = new Bookkeeping("ambient");
        other.List(null);
        other.Say(Session("Running"));
        Assert.Equal(["k/s Unknown/PodMissing"], other.Rows);
        other.Show(Runner());
        Assert.Equal(["k/s Running/SessionRunning"], other.Rows);
        Assert.Equal("u-1", other.Status("k/s").Pod!.Uid);
    }

    [Fact]
    public void What_the_pod_shows_beats_what_the_session_says()
    {
        _books.List(null, Ended(Runner(), 137));
        _books.Say(Session("Running"));

        Assert.Equal(["k/s Failed/ExitedWithError"], _books.Rows);
        Assert.Equal(137, _books.Status("k/s").ExitCode);
    }

    [Fact]
    public void The_agent_goes_only_when_neither_is_left()
    {
        _books.List(null, Runner());
        _books.Say(Session("Completed"));

        _books.Book.RemovePod("u-1");
        Assert.Equal(["k/s Completed/SessionCompleted"], _books.Rows);

        _books.Say(Session("Completed"), isGone: true);
        Assert.Empty(_books.Rows);
    }

    [Fact]
    public void A_late_word_about_an_older_session_of_the_name_does_not_remove_the_new_one()
    {
        _books.List(null);
        var newer = Session("Creating");
        newer["metadata"]!["uid"] = "s-2";
        _books.Say(newer);

        _books.Say(Session("Stopped"), isGone: true);

        Assert.Equal(["k/s Starting/SessionCreating"], _books.Rows);
    }

    [Fact]
    public void Of_two_runners_the_sessions_own_counts()
    {
        var stranger = Runner();
        stranger["metadata"]!["uid"] = "u-2";
        stranger["metadata"]!["name"] = "imposter";
        stranger["metadata"]!["creationTimestamp"] = "2021-01-01T00:00:00Z";
        stranger["metadata"]!["ownerReferences"]![0]!["uid"] = "s-0";
        _books.List(null, Runner(), stranger);
        Assert.Equal("u-2", _books.Status("k/s").Pod!.Uid);

        _books.Say(Session("Running"));

        Assert.Equal("u-1", _books.Status("k/s").Pod!.Uid);
        Assert.Equal("u-1", _books.Book.Find(_books.Agent("k/s").Id)!.Pod.Uid);
    }

    [Fact]
    public void Everything_that_the_platform_knows_is_told_and_secrets_are_not()
    {
        _books.List(null, Runner());
        var session = Session("Running");
        session["metadata"]!["annotations"] = new JsonObject { ["ambient-code.io/desired-phase"] = "Stopped" };
        session["metadata"]!["generation"] = 3;
        session["spec"] = JsonNode.Parse("""
            { "displayName": "Fix it \u001b[1m", "inactivityTimeout": 600, "llmSettings": { "model": "m-1" }, "userContext": { "displayName": "Ann" },
              "repos": [ { "url": "https://git.example/a.git", "branch": "dev" } ] }
            """);
        session["status"] = JsonNode.Parse("""
            { "phase": "Running", "observedGeneration": 2, "startTime": "2020-01-01T00:00:00Z", "lastActivityTime": "2020-01-01T01:00:00Z",
              "conditions": [ { "type": "Ready", "status": "True", "reason": "Running", "message": "key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789", "lastTransitionTime": "2020-01-01T00:00:30Z" },
                              { "type": "Scheduled", "status": "False", "reason": "Lie" } ] }
            """);

        _books.Say(session);

        var status = _books.Status("k/s");
        Assert.Equal(
            ["session=Fix it �[1m", "says=Running", "asked for=asked to be Stopped, and not there yet", "pending=its specification changed, and that was not acted on yet",
             "owner=Ann", "model=m-1", "repo=https://git.example/a.git (dev)", "idle since=01:00", "stops=if it stays idle 01:10"],
            status.Facts.Select(fact => $"{fact.Name}={fact.Value}{(fact.At is { } at ? $"{(fact.Value.Length > 0 ? " " : "")}{at:HH:mm}" : "")}"));
        Assert.Equal(new DateTimeOffset(2020, 1, 1, 1, 0, 0, TimeSpan.Zero), status.LastActivity);
        Assert.Equal(["Scheduled True", "ContainerReady True", "Ready True"], status.Conditions.Select(condition => $"{condition.Type} {condition.Status}"));
        Assert.Equal("key ***", status.Conditions[^1].Message);
    }

    [Fact]
    public void A_project_says_when_its_sessions_are_stopped_that_do_not_say_themselves()
    {
        _books.List(null, Runner());
        var session = Session("Running");
        session["status"]!["startTime"] = "2020-01-01T00:00:00Z";
        _books.Say(session);
        Assert.Equal("if it stays idle, by the platform's default 2T00:00", Stops());

        Say("""{ "metadata": { "namespace": "ns", "name": "projectsettings" }, "spec": { "inactivityTimeoutSeconds": 7200 } }""");
        Assert.Equal("if it stays idle 1T02:00", Stops());

        Say("""{ "metadata": { "namespace": "ns", "name": "projectsettings" }, "spec": { "inactivityTimeoutSeconds": "soon" } }""");
        Assert.Equal("if it stays idle, by the platform's default 2T00:00", Stops());

        Say("""{ "metadata": { "namespace": "ns", "name": "projectsettings" }, "spec": { "inactivityTimeoutSeconds": 0 } }""");
        Assert.Null(Stops());

        _books.Book.SetProjects(sessions => sessions.SetAllProjects("ns", []));
        Assert.Equal("if it stays idle, by the platform's default 2T00:00", Stops());

        string? Stops() => _books.Status("k/s").Facts.FirstOrDefault(fact => fact.Name == "stops") is { At: { } at } fact ? $"{fact.Value} {at:%d'T'HH:mm}" : null;
    }

    [Theory]
    [InlineData("""{ "metadata": { "namespace": "ns", "name": "another" }, "spec": { "inactivityTimeoutSeconds": 1 } }""")]
    [InlineData("7")]
    [InlineData("{}")]
    public void Only_the_settings_of_the_name_that_counts_are_taken(string json) => Assert.Null(AmbientProject.Read(Bookkeeping.Element(JsonNode.Parse(json)!), _ => { }));

    private void Say(string project) =>
        _books.Book.SetProjects(sessions => sessions.SetProject(AmbientProject.Read(Bookkeeping.Element(JsonNode.Parse(project)!), _ => { })!, isGone: false));

    [Fact]
    public void Hearing_the_same_again_is_no_change()
    {
        _books.List(null, Runner());
        _books.Say(Session("Running"));
        var before = _books.Store.Current.Version;

        _books.Say(Session("Running"));

        Assert.Equal(before, _books.Store.Current.Version);
    }

    [Fact]
    public void A_list_of_sessions_without_one_of_them_removes_it()
    {
        _books.List(null);
        _books.Say(Session("Stopped"));

        _books.Book.SetSessions(null, []);
        _books.Book.SetLink(SourceLink.Live, null);

        Assert.Empty(_books.Rows);
    }

    [Theory]
    [InlineData("Stopped", "Running", 59, false)]
    [InlineData("Stopped", "Running", 60, true)]
    [InlineData("Pending", "Running", 60, true)]
    [InlineData("Creating", "Running", 600, false)]
    [InlineData("Running", "Stopped", 60, true)]
    [InlineData("Stopping", "Stopped", 600, false)]
    public void A_request_that_nobody_answers_within_a_minute_is_said(string phase, string asked, int after, bool isSaid)
    {
        _books.List(null);
        var session = Session(phase);
        session["metadata"]!["annotations"] = new JsonObject
        {
            ["ambient-code.io/desired-phase"] = asked,
            [$"ambient-code.io/{(asked == "Running" ? "start" : "stop")}-requested-at"] = _books.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        };
        _books.Time.Advance(TimeSpan.FromSeconds(after));

        _books.Say(session);

        var condition = _books.Status("k/s").Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.RequestAnswered);
        Assert.Equal(isSaid ? $"{asked}: it was asked for, and nobody acts on it: does the platform's operator run?" : null, condition?.Message);
    }

    private static JsonObject Session(string phase) => JsonNode.Parse($$"""
        { "metadata": { "namespace": "ns", "name": "s", "uid": "s-1" }, "spec": {}, "status": { "phase": "{{phase}}" } }
        """)!.AsObject();

    private static JsonObject Runner()
    {
        var pod = Pod("u-1", "x", "s-runner");
        pod["metadata"]!["labels"] = new JsonObject { ["app"] = "ambient-code-runner", ["agentic-session"] = "s" };
        pod["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = "AgenticSession", ["name"] = "s", ["uid"] = "s-1", ["controller"] = true });
        pod["spec"]!["containers"]![0]!["name"] = "ambient-code-runner";
        pod["status"]!["containerStatuses"]![0]!["name"] = "ambient-code-runner";
        return pod;
    }
}
