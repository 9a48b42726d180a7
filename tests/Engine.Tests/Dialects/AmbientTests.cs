using System.Text.Json;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using static AgentDeck.Engine.Tests.Dialects.TestPod;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class AmbientTests
{
    private static readonly DialectLayout Layout = KnownDialects.Find("ambient")!.Layout;

    [Fact]
    public void Everything_that_is_used_of_a_session_is_read()
    {
        var (session, warnings) = Read("""
            {
              "metadata": {
                "namespace": "team", "name": "session-1", "uid": "s-1", "resourceVersion": "9", "generation": 3.0, "creationTimestamp": "2026-05-01T10:00:00Z",
                "annotations": { "other": "x", "ambient-code.io/desired-phase": " Stopped " }
              },
              "spec": {
                "displayName": "Fix it", "llmSettings": { "model": "m-1" }, "userContext": { "userId": "u", "displayName": "Ann" }, "inactivityTimeout": 600,
                "repos": [ { "url": "https://ann:secret@git.example/a.git" }, { "input": { "url": "https://git.example/b.git", "branch": "dev" } }, { "url": "" }, { "url": "https://git.example/c.git" }, { "url": "https://git.example/c.git" } ],
                "activeWorkflow": { "gitUrl": "https://git.example/w.git" }
              },
              "status": {
                "phase": "Running", "observedGeneration": "2", "startTime": "2026-05-01T11:00:00+01:00", "lastActivityTime": "2026-05-01T11:30:00Z", "stoppedReason": "user",
                "conditions": [ { "type": "Ready", "status": "True", "reason": "Running", "message": "ok", "lastTransitionTime": "2026-05-01T10:00:30Z" } ],
                "reconciledRepos": [ { "url": "https://ann:secret@git.example/a.git", "branch": "main", "currentActiveBranch": "work", "status": "Ready" } ],
                "reconciledWorkflow": { "gitUrl": "https://git.example/w.git", "branch": "main", "status": "Active" }
              }
            }
            """);

        Assert.Empty(warnings);
        Assert.Equal(("team", "session-1", "s-1", "9", 3L, (long?)2L), (session.Namespace, session.Name, session.Uid, session.ResourceVersion, session.Generation, session.ObservedGeneration));
        Assert.Equal(("Fix it", "m-1", "Ann", TimeSpan.FromMinutes(10), "Stopped", "Running", "user"),
            (session.DisplayName, session.Model, session.Owner, session.InactivityTimeout, session.DesiredPhase, session.Phase, session.StoppedReason));
        Assert.Equal<AmbientRepo>([new("https://git.example/a.git", "work", "Ready"), new("https://git.example/b.git", "dev", ""), new("https://git.example/c.git", "main", "")], session.Repos);
        Assert.Equal(new AmbientRepo("https://git.example/w.git", "main", "Active"), session.Workflow);

        var details = AmbientJoin.Join(session, null, Layout, null, Now).Details!;
        Assert.Equal("asked to be Stopped, and not there yet", details.Intent);
        Assert.True(details.ChangePending);
        Assert.Equal((Now.AddMinutes(-30), Now.AddMinutes(-20)), (details.IdleSince, details.StopsAt));
        Assert.Equal<Condition>([new Condition("Ready", ConditionStatus.True, "Running", "ok", Now.AddHours(-2).AddSeconds(30), 2)], details.Conditions);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "metadata": { "name": 5, "annotations": { "ambient-code.io/desired-phase": 1 } }, "spec": "x", "status": null }""")]
    [InlineData("""{ "spec": { "repos": [ null, 5, { "url": 5 }, { "input": 7 } ], "inactivityTimeout": -3 }, "status": { "conditions": [ null, 5, {}, { "type": 7 } ], "phase": [] } }""")]
    public void A_session_of_any_shape_is_pending_and_shown(string json)
    {
        var agent = AmbientJoin.Join(Read(json).Session, null, Layout, null, Now);

        Assert.Equal("Pending/SessionPending", agent.Reading.Words());
        Assert.Empty(agent.Details!.Repos);
    }

    // What the session says, what was asked for, what its pod shows, and what follows.
    [Theory]
    [InlineData("Pending", null, "none", "Pending/SessionPending")]
    [InlineData("Creating", null, "none", "Starting/SessionCreating")]
    [InlineData("Creating", null, "pulling", "Pending/ImagePullBackOff")]
    [InlineData("Creating", null, "runs", "Running/ContainerRunning")]
    [InlineData("Running", null, "runs", "Running/SessionRunning")]
    [InlineData("Running", "Stopped", "runs", "Running/SessionRunning")]
    [InlineData("Running", null, "none", "Unknown/PodMissing")]
    [InlineData("Running", null, "failed", "Failed/ExitedWithError")]
    [InlineData("Running", null, "ended", "Completed/ExitedCleanly")]
    [InlineData("Running", "Stopped", "failed", "Stopped/StoppedOnRequest")]
    [InlineData("Running", null, "dying", "Stopping/Terminating")]
    [InlineData("Stopping", null, "runs", "Stopping/SessionStopping")]
    [InlineData("Stopping", null, "failed", "Stopped/StoppedOnRequest")]
    [InlineData("Stopping", null, "none", "Stopping/SessionStopping")]
    [InlineData("Stopped", null, "none", "Stopped/SessionStopped")]
    [InlineData("Stopped", null, "failed", "Stopped/SessionStopped")]
    [InlineData("Stopped", null, "runs", "Stopping/PodRemains")]
    [InlineData("Completed", null, "none", "Completed/SessionCompleted")]
    [InlineData("Completed", null, "failed", "Failed/ExitedWithError")]
    [InlineData("Failed", null, "none", "Failed/SessionFailed")]
    [InlineData("Failed", null, "failed", "Failed/SessionFailed")]
    [InlineData("Paused", null, "none", "Unknown/UnknownSessionPhase")]
    [InlineData("Paused", null, "runs", "Running/ContainerRunning")]
    public void What_the_pod_shows_beats_what_the_session_says(string phase, string? desired, string pod, string words)
    {
        const string Runner = "ambient-code-runner";
        var runner = pod switch
        {
            "none" => null,
            "runs" => Of("Running", Runs, Runner),
            "pulling" => Of("Pending", Waits("ImagePullBackOff"), Runner),
            "failed" => Of("Running", Ended(143), Runner),
            "ended" => Of("Succeeded", Ended(0), Runner),
            _ => Of("Running", Runs, Runner) with { DeletionTimestamp = Now },
        };

        Assert.Equal(words, AmbientJoin.Join(Session(phase) with { DesiredPhase = desired }, runner, Layout, null, Now).Reading.Words());
    }

    [Fact]
    public void The_reason_stands_in_the_conditions()
    {
        var failed = Session("Failed") with { Conditions = [new("Ready", ConditionStatus.False, "RunnerSecretMissing", "no secret", Now)] };
        var stuck = Session("Creating") with { Conditions = [new("Ready", ConditionStatus.False, "Restarting", "", Now), new("PodScheduled", ConditionStatus.False, "Unschedulable", "no node", Now)] };

        Assert.Equal("Failed/RunnerSecretMissing", AmbientJoin.Join(failed, null, Layout, null, Now).Reading.Words());
        Assert.Equal("Starting/Unschedulable", AmbientJoin.Join(stuck, null, Layout, null, Now).Reading.Words());
    }

    [Theory]
    [InlineData(null, null, 24 * 60)]
    [InlineData(null, 90, 90)]
    [InlineData(30, 90, 30)]
    [InlineData(0, 90, null)]
    public void The_time_of_the_automatic_stop_is_the_sessions_the_projects_or_a_day(int? session, int? project, int? expected)
    {
        var idle = Session("Running") with { StartedAt = Now, InactivityTimeout = session is { } own ? TimeSpan.FromMinutes(own) : null };

        var details = AmbientJoin.Join(idle, null, Layout, project is { } minutes ? TimeSpan.FromMinutes(minutes) : null, Now).Details!;

        Assert.Equal(expected is { } later ? Now.AddMinutes(later) : null, details.StopsAt);
        Assert.Null(AmbientJoin.Join(idle with { Phase = "Stopped" }, null, Layout, null, Now).Details!.StopsAt);
    }

    [Fact]
    public void The_pod_of_a_session_is_its_own_the_living_and_the_newest()
    {
        var session = Session("Running");
        var stranger = Of("Running").WithLabel("agentic-session", "other");
        var labelled = Of("Running").WithLabel("agentic-session", "s");
        var newer = labelled with { Name = "newer", CreatedAt = Now };
        var dying = newer with { Name = "dying", CreatedAt = Now.AddMinutes(1), DeletionTimestamp = Now };
        var owned = Of("Running") with { Name = "owned", Owner = new PodOwner("AgenticSession", "s", "s-1") };

        Assert.Null(AmbientJoin.PodOf(session, [stranger, labelled with { Namespace = "elsewhere" }]));
        Assert.Equal(newer, AmbientJoin.PodOf(session, [stranger, labelled, dying, newer]));
        Assert.Equal(owned, AmbientJoin.PodOf(session, [newer, owned]));
    }

    private static AmbientSession Session(string phase) => new() { Namespace = "ns", Name = "s", Uid = "s-1", Phase = phase };

    private static (AmbientSession Session, List<string> Warnings) Read(string json)
    {
        var warnings = new List<string>();
        using var document = JsonDocument.Parse(json);
        return (AmbientSessionReader.Read(document.RootElement, warnings.Add), warnings);
    }
}
