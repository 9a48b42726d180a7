using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using FsCheck;
using FsCheck.Fluent;
using static AgentDeck.Engine.Tests.Dialects.TestPod;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class PodJudgeTests
{
    private static readonly DialectLayout Layout = new("app=x", "agent", "main");

    private static readonly (Pod Pod, string Words, string Message)[] Table =
    [
        // What is asked first: is it being deleted, is its node lost, has it ended as a whole.
        (Of("Running", Runs) with { DeletionTimestamp = Now.AddSeconds(5) }, "Stopping/Terminating", "its pod is being deleted"),
        (Of("Failed", Ended(137)) with { DeletionTimestamp = Now.AddSeconds(5) }, "Stopping/Terminating", "its pod is being deleted"),
        (Of("Running", Runs) with { DeletionTimestamp = Now.AddMinutes(-1) }, "Stopping/TerminationOverdue", "its pod should be gone by now; its node does not confirm it"),
        ((Of("Running", Runs) with { DeletionTimestamp = Now }).WithCondition("DisruptionTarget", ConditionStatus.True, "DeletionByTaintManager", "taint"), "Stopping/DeletionByTaintManager", "its pod is being removed from its node: taint"),
        (Of("Unknown", Runs), "Unknown/NodeLost", "its node worker-1 does not answer"),
        (Of("Running", Runs) with { Reason = "NodeLost", Node = null }, "Unknown/NodeLost", "its node does not answer"),
        (Of("Failed", Ended(137)) with { Reason = "Evicted", Message = "low on memory" }, "Failed/Evicted", "its pod was ended: low on memory"),
        (Of("Failed") with { Reason = "\u001b[31m" }, "Failed/PodFailed", "its pod was ended"),
        (Of("Failed") with { Message = "it broke" }, "Failed/PodFailed", "its pod failed: it broke"),
        (Of("Failed", Waits("PodInitializing")).WithInit("stage", Ended(2)), "Failed/InitFailed", "its init container stage ended with exit code 2"),
        (Of("Failed", Ended(0)), "Completed/ExitedCleanly", "it ended with exit code 0"),
        (Of("Failed", Ended(3)), "Failed/ExitedWithError", "it ended with exit code 3"),
        (Of("Succeeded", Ended(0)), "Completed/ExitedCleanly", "it ended with exit code 0"),
        (Of("Succeeded"), "Completed/PodSucceeded", "its pod ended well"),

        // The agent's own container, whatever the others do.
        (Of("Running", Runs), "tmux", ""),
        (Of("Pending", Runs), "tmux", ""),
        (Of("Running", Ended(0)), "Completed/ExitedCleanly", "it ended with exit code 0"),
        (Of("Running", Ended(1)), "Failed/ExitedWithError", "it ended with exit code 1"),
        (Of("Running", Ended(137)), "Failed/ExitedWithError", "it ended with exit code 137, as after signal 9"),
        (Of("Running", Ended(0, signal: 9)), "Completed/ExitedCleanly", "it ended with exit code 0"),
        (Of("Running", Ended(null, signal: 15)), "Failed/KilledBySignal", "signal 15 ended it"),
        (Of("Running", Ended(null)), "Failed/EndedUnexplained", "it ended and its exit code is not known"),
        (Of("Running", Ended(137, "OOMKilled")), "Failed/OOMKilled", "it ran out of memory (its limit is 4Gi) and was killed"),
        (Of("Running", Ended(137, "ContainerStatusUnknown")), "Failed/ContainerStatusUnknown", "its node lost track of its container"),
        (Of("Running", Ended(1)) with { RestartPolicy = "Always" }, "Starting/Restarting", "it ended with exit code 1 and is started again"),
        (Of("Running", Ended(1)) with { RestartPolicy = "OnFailure" }, "Starting/Restarting", "it ended with exit code 1 and is started again"),
        (Of("Running", Ended(0)) with { RestartPolicy = "OnFailure" }, "Completed/ExitedCleanly", "it ended with exit code 0"),
        (Of("Running", Runs, container: "other"), "Unknown/NoSuchContainer", "its pod has no container 'agent', only other, sidecar"),
        (Of("Paused"), "Unknown/UnknownPodPhase", "its pod is in a phase of which nothing is known: Paused"),
        (Of(""), "Unknown/UnknownPodPhase", "its pod tells no phase"),

        // Waiting.
        (Of("Pending") with { Node = null }, "Pending/Unscheduled", "it waits for a node"),
        ((Of("Pending") with { Node = null }).WithCondition("PodScheduled", ConditionStatus.False, "Unschedulable", "0/1 nodes"), "Pending/Unschedulable", "no node can take it: 0/1 nodes"),
        ((Of("Pending") with { Node = null }).WithCondition("PodScheduled", ConditionStatus.False, "SchedulingGated", ""), "Pending/SchedulingGated", "its scheduling is held back"),
        (Of("Pending").WithCondition("PodScheduled", ConditionStatus.True, "", ""), "Pending/ContainerCreating", "its container is being created"),
        (Of("Pending", Waits("ContainerCreating")), "Pending/ContainerCreating", "its container is being created"),
        (Of("Pending", Waits("ErrImagePull", "no such image")), "Pending/ErrImagePull", "its image cannot be pulled: no such image"),
        (Of("Pending", Waits("ImagePullBackOff")), "Pending/ImagePullBackOff", "its image cannot be pulled"),
        (Of("Pending", Waits("InvalidImageName")), "Pending/InvalidImageName", "the name of its image is not valid"),
        (Of("Pending", Waits("CreateContainerConfigError", "secret \"x\" not found")), "Pending/CreateContainerConfigError", "its container needs a secret, config map or setting that is not there: secret \"x\" not found"),
        (Of("Pending", Waits("two words", "\u001b[2J")), "Pending/ContainerWaiting", "its container waits: \ufffd[2J"),
        (Of("Running", Waits("CrashLoopBackOff"), last: (ContainerTerminated)Ended(3), restarts: 4), "Failed/CrashLoopBackOff", "it ends again and again, the last time with exit code 3; started again 4 times"),
        (Of("Running", Waits("CrashLoopBackOff"), last: (ContainerTerminated)Ended(137, "OOMKilled")), "Failed/CrashLoopBackOff", "it ends again and again, the last time because it ran out of memory (its limit is 4Gi) and was killed; started again 0 times"),

        // Init containers, as long as they hold it back.
        (Of("Pending", Waits("PodInitializing")).WithInit("clone", Runs), "Starting/Initializing", "its init container clone is at work"),
        (Of("Pending", Waits("PodInitializing")).WithInit("a", Ended(0)).WithInit("b", Waits("ImagePullBackOff")), "Pending/ImagePullBackOff", "init container b: its image cannot be pulled"),
        (Of("Pending", Waits("PodInitializing")).WithInit("a", Ended(0)).WithInit("b", Waits("CrashLoopBackOff")), "Failed/CrashLoopBackOff", "its init container b ends again and again; started again 0 times"),
        (Of("Pending", Waits("PodInitializing")).WithInit("a", Ended(1)), "Failed/InitFailed", "its init container a ended with exit code 1"),
        (Of("Pending", Waits("PodInitializing")).WithInit("a", Ended(1)) with { RestartPolicy = "Always" }, "Starting/Initializing", "its init container a is at work"),
        (Of("Pending", Waits("ErrImagePull")).WithInit("mesh", Runs, sidecar: true), "Pending/ErrImagePull", "its image cannot be pulled"),
        (Of("Pending", Waits("PodInitializing")).WithInit("a", null), "Pending/PodInitializing", "its pod is being prepared"),
        (Of("Running", Runs).WithInit("mesh", Waits("CrashLoopBackOff"), sidecar: true), "tmux", ""),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_pod_is_judged_by_what_happens_to_the_agents_own_container(int row)
    {
        var (pod, words, message) = Table[row];
        var reading = PodJudge.Read(pod, Layout, TimeSpan.FromMinutes(4), Now);

        Assert.Equal(words, reading.Words());
        Assert.Equal(message, reading.Judgement?.Message ?? "");
        Assert.Equal(reading.Judgement is null, reading.WithoutSession is not null);
    }

    [Fact]
    public void What_a_container_wrote_about_its_own_end_is_not_quoted()
    {
        foreach (var (pod, _, _) in Table)
        {
            Assert.DoesNotContain("what the agent wrote", $"{PodJudge.Read(pod, Layout, TimeSpan.Zero, Now)}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_young_pod_without_a_session_is_starting_and_an_old_one_is_dead()
    {
        var pod = Of("Running", Runs);
        var created = pod.CreatedAt!.Value;

        var young = PodJudge.Read(pod, Layout, TimeSpan.FromSeconds(240), created.AddSeconds(239));
        var old = PodJudge.Read(pod, Layout, TimeSpan.FromSeconds(240), created.AddSeconds(240));

        Assert.Equal((AgentPhase.Starting, "Initializing", created.AddSeconds(240)), (young.WithoutSession!.Value.Phase, young.WithoutSession.Value.Reason, young.CheckAgainAt));
        Assert.Equal((AgentPhase.Failed, "SessionDead", null), (old.WithoutSession!.Value.Phase, old.WithoutSession.Value.Reason, old.CheckAgainAt));
    }

    [Fact]
    public void A_pod_that_should_be_gone_is_looked_at_again()
    {
        var pod = Of("Running", Runs) with { DeletionTimestamp = Now.AddSeconds(5) };

        Assert.Equal(Now.AddSeconds(35), PodJudge.Read(pod, Layout, TimeSpan.Zero, Now).CheckAgainAt);
        Assert.Null(PodJudge.Read(pod, Layout, TimeSpan.Zero, Now.AddSeconds(35)).CheckAgainAt);
    }

    [Fact]
    public void The_end_and_the_restarts_of_the_container_are_told()
    {
        var reading = PodJudge.Read(Of("Running", Ended(137, signal: 9), restarts: 2), Layout, TimeSpan.Zero, Now);

        Assert.Equal((137, 9, 2, Now.AddMinutes(-59)), (reading.ExitCode, reading.ExitSignal, reading.Restarts, reading.StartedAt));
    }

    [Fact]
    public void Without_tmux_a_running_container_is_a_running_agent() =>
        Assert.Equal("Running/ContainerRunning", PodJudge.Read(Of("Running", Runs), Layout with { Session = null }, TimeSpan.Zero, Now).Words());

    [Fact]
    public void Every_combination_is_judged_in_words_that_are_safe_to_show()
    {
        ContainerState?[] states = [null, Runs, Waits(""), Waits("x\u001b", "\u0007"), Ended(0), Ended(1, "OOMKilled"), Ended(null, "\u009b")];
        var combinations =
            from phase in new[] { "", "Pending", "Running", "Succeeded", "Failed", "Unknown", "\u001b" }
            from state in states
            from init in states
            from policy in new[] { "Always", "Never", "?" }
            from deleted in new[] { false, true }
            from dialect in KnownDialects.All
            select (phase, state, init, policy, deleted, dialect);
        foreach (var (phase, state, init, policy, deleted, dialect) in combinations)
        {
            var pod = Of(phase, state, dialect.Layout.Container).WithInit("stage", init) with
            {
                RestartPolicy = policy,
                DeletionTimestamp = deleted ? Now : null,
                Message = PlainText.Sanitize("\u001b"),
                Phase = PlainText.Sanitize(phase),
            };

            var reading = dialect.Read(pod);

            Assert.True(reading.Judgement is not null || reading.WithoutSession is not null);
            foreach (var judged in new[] { reading.Judgement, reading.WithoutSession }.OfType<PhaseJudgement>())
            {
                Assert.Matches("^[A-Za-z][A-Za-z0-9]*$", judged.Reason);
                Assert.DoesNotContain(judged.Message, char.IsControl);
            }

            if (deleted)
            {
                Assert.Equal(AgentPhase.Stopping, reading.Judgement!.Value.Phase);
            }
        }
    }

    [Fact]
    public void A_reason_is_one_harmless_word() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var word = ReasonWord.Of(text, "Otherwise");
            return word == "Otherwise" || (word == text && word.All(char.IsAsciiLetterOrDigit));
        }).QuickCheckThrowOnFailure();
}
