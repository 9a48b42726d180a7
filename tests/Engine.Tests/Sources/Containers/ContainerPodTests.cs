using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Containers;
using AgentDeck.Engine.Sources.Pods;

namespace AgentDeck.Engine.Tests.Sources.Containers;

public sealed class ContainerPodTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("created", null, false, AgentPhase.Pending, "Created")]
    [InlineData("initialized", null, false, AgentPhase.Pending, "Created")]
    [InlineData("running", 0, false, null, null)]
    [InlineData("paused", 0, false, AgentPhase.Running, "Paused")]
    [InlineData("restarting", 3, false, AgentPhase.Starting, "Restarting")]
    [InlineData("stopping", 0, false, AgentPhase.Stopping, "Stopping")]
    [InlineData("removing", 0, false, AgentPhase.Stopping, "Removing")]
    [InlineData("dead", 1, false, AgentPhase.Failed, "Dead")]
    [InlineData("exited", 0, false, AgentPhase.Completed, "ExitedCleanly")]
    [InlineData("stopped", 0, false, AgentPhase.Completed, "ExitedCleanly")]
    [InlineData("exited", 3, false, AgentPhase.Failed, "ExitedWithError")]
    [InlineData("exited", 137, true, AgentPhase.Failed, "OOMKilled")]
    [InlineData("exited", null, false, AgentPhase.Failed, "EndedUnexplained")]
    [InlineData("", null, false, AgentPhase.Unknown, "UnknownState")]
    [InlineData("dreaming", null, false, AgentPhase.Unknown, "UnknownState")]
    public void The_state_of_a_container_is_the_phase_of_its_agent_unless_tmux_decides(string state, int? exitCode, bool outOfMemory, AgentPhase? phase, string? reason)
    {
        var reading = Track(Container(state) with { ExitCode = exitCode, OutOfMemory = outOfMemory })!.Reading;

        Assert.Equal((phase, reason), (reading.Judgement?.Phase, reading.Judgement?.Reason));
        Assert.Equal(phase is null, reading.WithoutSession is not null);
    }

    [Fact]
    public void How_long_a_session_may_take_counts_from_the_start_of_the_run()
    {
        var fresh = Track(Container("running") with { CreatedAt = Start.AddDays(-9), StartedAt = Start.AddSeconds(-1) })!.Reading;
        var old = Track(Container("running") with { StartedAt = Start.AddMinutes(-9) })!.Reading;

        Assert.Equal((AgentPhase.Starting, AgentPhase.Failed), (fresh.WithoutSession!.Value.Phase, old.WithoutSession!.Value.Phase));
        Assert.NotNull(fresh.CheckAgainAt);
    }

    [Fact]
    public void Another_start_is_another_run_and_the_end_of_a_run_is_not()
    {
        var run = Track(Container("running"))!.Run;

        Assert.Equal(run, Track(Container("exited") with { ExitCode = 0 })!.Run);
        Assert.NotEqual(run, Track(Container("running") with { StartedAt = Start.AddSeconds(1) })!.Run);
    }

    [Fact]
    public void Of_several_containers_of_one_agent_the_one_that_goes_on_stands_for_it()
    {
        var ended = Track(Container("exited") with { ExitCode = 1, CreatedAt = Start })!;
        var running = Track(Container("running") with { CreatedAt = Start.AddHours(-1) })!;

        Assert.Same(running, PodTrack.Preferred([ended, running]));
    }

    [Fact]
    public void Scion_s_labels_name_agent_group_and_user()
    {
        var labels = new Dictionary<string, string> { ["scion.name"] = "painter", ["scion.grove"] = "g", ["scion.username"] = "ann", ["scion.template"] = "claude" };
        var track = Track(Container("running") with { Labels = labels.ToImmutableDictionary() }, "scion")!;

        Assert.Equal((new AgentId("c", "g", "painter"), "ann"), (track.Agent, track.Reading.User));
        Assert.Null(Track(Container("running"), "scion"));
    }

    [Fact]
    public void In_scion_s_words_exit_code_ten_is_a_limit_and_zero_is_stopped()
    {
        var labels = ImmutableDictionary<string, string>.Empty.Add("scion.name", "painter");
        var limits = Track(Container("exited") with { Labels = labels, ExitCode = 10 }, "scion")!;
        var ended = Track(Container("exited") with { Labels = labels, ExitCode = 0 }, "scion")!;

        Assert.Equal(("LimitsExceeded", AgentPhase.Stopped), (limits.Reading.Judgement!.Value.Reason, ended.Reading.Judgement!.Value.Phase));
    }

    [Fact]
    public void Gas_City_s_label_names_the_agent()
    {
        var labels = ImmutableDictionary<string, string>.Empty.Add("gc.managed", "true").Add("gc.agent", "mayor");

        Assert.Equal("mayor", Track(Container("running") with { Labels = labels }, "gascity")!.Agent.Name);
        Assert.Null(Track(Container("running"), "gascity"));
    }

    private static ContainerInfo Container(string state) => new("1", "agent-a", state) { CreatedAt = Start, StartedAt = Start };

    private static PodTrack? Track(ContainerInfo container, string dialect = "plain")
    {
        var found = KnownDialects.FindOfContainers(dialect)!;
        return ContainerPod.Track(container, new PodSourceSettings(new ContainerSourceSpec("c", dialect), found, found.Layout.With(null, null, "main")), Start);
    }
}
