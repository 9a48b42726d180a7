using System.Text;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using static AgentDeck.Engine.Tests.Dialects.TestPod;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class ScionAgentInfoTests
{
    private static readonly IDialect Scion = KnownDialects.Find("scion")!;
    private static readonly RuntimeReading Running = Scion.Read(Of("Running", Runs));

    [Theory]
    [InlineData("idle", Activity.Idle)]
    [InlineData("thinking", Activity.Busy)]
    [InlineData("executing", Activity.Busy)]
    [InlineData("waiting_for_input", Activity.Waiting)]
    [InlineData("blocked", Activity.Blocked)]
    [InlineData("completed", Activity.Idle)]
    [InlineData("limits_exceeded", Activity.Limited)]
    [InlineData("stalled", Activity.Idle)]
    [InlineData("offline", null)]
    [InlineData("", null)]
    [InlineData("Idle", null)]
    [InlineData("dancing", null)]
    public void A_running_agents_own_word_is_its_activity(string activity, Activity? expected)
    {
        var report = Info($$"""{ "phase": "running", "activity": "{{activity}}" }""")!.Complete(Running);

        Assert.Equal(expected, report.Activity);
        Assert.Equal(Running, report.Reading);
        Assert.Equal(activity.Length == 0 ? "" : $"it reports {activity}", report.ActivityReason);
    }

    [Fact]
    public void The_tool_and_the_message_are_told()
    {
        var nested = Info("""{ "phase": "running", "activity": "executing", "detail": { "toolName": "Bash", "message": "make test" } }""")!;
        var flat = Info("""{ "phase": "running", "activity": "executing", "toolName": "Bash", "taskSummary": "the tests" }""")!;

        Assert.Equal("it reports executing (Bash): make test", nested.Complete(Running).ActivityReason);
        Assert.Equal(("it reports executing (Bash)", "the tests"), (flat.Complete(Running).ActivityReason, flat.Task));
    }

    [Theory]
    [InlineData("cloning", null, "Starting/Cloning")]
    [InlineData("starting", null, "Starting/Starting")]
    [InlineData("stopping", "Stopping/ReportedStopping", null)]
    [InlineData("error", "Failed/ReportedError", null)]
    [InlineData("stopped", null, "Failed/SessionDead")]
    [InlineData("resumed", null, "Failed/SessionDead")]
    public void While_the_container_runs_the_file_completes_what_is_seen(string phase, string? judged, string? without)
    {
        var report = Info($$"""{ "phase": "{{phase}}", "activity": "thinking" }""")!.Complete(Running);

        Assert.Equal(judged ?? "tmux", report.Reading.Words());
        Assert.Equal(without ?? "tmux", (report.Reading with { Judgement = report.Reading.WithoutSession }).Words());
        Assert.Null(report.Activity);
    }

    [Theory]
    [InlineData("running")]
    [InlineData("starting")]
    [InlineData("stopped")]
    [InlineData("error")]
    public void What_the_pod_says_always_wins(string phase)
    {
        var info = Info($$"""{ "phase": "{{phase}}", "activity": "thinking", "detail": { "message": "busy" } }""")!;
        foreach (var pod in new[] { Of("Failed", Ended(10)), Of("Running", Ended(0)), Of("Succeeded"), Of("Pending"), Of("Running", Runs) with { DeletionTimestamp = Now } })
        {
            var reading = Scion.Read(pod);
            Assert.Equal(new ScionReport(reading, null, ""), info.Complete(reading));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"phase\": ")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_file_that_is_no_object_says_nothing(string content) => Assert.Null(Info(content));

    [Fact]
    public void Mistyped_and_hostile_fields_hide_nothing()
    {
        var info = Info("""{ "phase": 7, "activity": "idle", "detail": [], "taskSummary": "\u001b[2J" }""")!;

        Assert.Equal(("", "idle", "\ufffd[2J"), (info.Phase, info.Activity, info.Task));
    }

    private static ScionAgentInfo? Info(string content) => ScionAgentInfo.Read(Encoding.UTF8.GetBytes(content), _ => { });
}
