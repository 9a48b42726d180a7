using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Domain;

public sealed class PhaseRulesTests
{
    // The table of ranked rules. A rule that moves, appears or goes must be moved, added or removed here too, on purpose.
    private static readonly (string Rule, PhaseInputs Example, AgentPhase Phase, string Reason)[] Table =
    [
        ("link-lost-keeps", Live with { Link = SourceLink.Stale, Session = SessionEvidence.Absent, Previous = Was(AgentPhase.Running) }, AgentPhase.Running, "Before"),
        ("link-none-unknown", Live with { Link = SourceLink.Unreachable }, AgentPhase.Unknown, "SourceUnreachable"),
        ("runtime-ended-on-request", Live with { Runtime = Says(AgentPhase.Failed), Request = PhaseRequest.Stop, Session = SessionEvidence.Alive }, AgentPhase.Stopped, "StoppedOnRequest"),
        ("runtime-going-stopping", Live with { Runtime = Says(AgentPhase.Pending), Request = PhaseRequest.Stop }, AgentPhase.Stopping, "StopRequested"),
        ("runtime-says", Live with { Runtime = Says(AgentPhase.Completed), Session = SessionEvidence.Alive, Previous = Was(AgentPhase.Running) }, AgentPhase.Completed, "Said"),
        ("ended-on-request", Live with { Session = SessionEvidence.Ended, ExitCode = 130, Request = PhaseRequest.Stop }, AgentPhase.Stopped, "StoppedOnRequest"),
        ("ended-starting-again", Live with { Session = SessionEvidence.Ended, ExitCode = 1, Request = PhaseRequest.Start }, AgentPhase.Starting, "StartRequested"),
        ("ended-start-failed", Live with { Session = SessionEvidence.Ended, ExitCode = 1, StartError = "no" }, AgentPhase.Failed, "StartFailed"),
        ("ended-cleanly", Live with { Session = SessionEvidence.Ended, ExitCode = 0 }, AgentPhase.Completed, "ExitedCleanly"),
        ("ended-with-code", Live with { Session = SessionEvidence.Ended, ExitCode = 3 }, AgentPhase.Failed, "ExitedWithError"),
        ("ended-by-signal", Live with { Session = SessionEvidence.Ended, ExitSignal = 9 }, AgentPhase.Failed, "KilledBySignal"),
        ("ended-unexplained", Live with { Session = SessionEvidence.Ended }, AgentPhase.Failed, "EndedUnexplained"),
        ("alive-stopping", Live with { Session = SessionEvidence.Alive, Request = PhaseRequest.Stop }, AgentPhase.Stopping, "StopRequested"),
        ("alive-being-set-up", Live with { Session = SessionEvidence.Alive, IsUnfinished = true, Request = PhaseRequest.Start }, AgentPhase.Starting, "SettingUp"),
        ("alive-unfinished", Live with { Session = SessionEvidence.Alive, IsUnfinished = true, StartError = "cut", Previous = Was(AgentPhase.Running) }, AgentPhase.Starting, "StartUnfinished"),
        ("alive", Live with { Session = SessionEvidence.Alive, Previous = Was(AgentPhase.Failed) }, AgentPhase.Running, "SessionAlive"),
        ("absent-starting", Live with { Session = SessionEvidence.Absent, Request = PhaseRequest.Start }, AgentPhase.Starting, "StartRequested"),
        ("absent-on-request", Live with { Session = SessionEvidence.Absent, Request = PhaseRequest.Stop, StartError = "no", Previous = Was(AgentPhase.Stopping) }, AgentPhase.Stopped, "StoppedOnRequest"),
        ("absent-start-failed", Live with { Session = SessionEvidence.Absent, StartError = "no" }, AgentPhase.Failed, "StartFailed"),
        ("absent-pod-gone", Live with { Session = SessionEvidence.Absent, Ending = Says(AgentPhase.Failed), Previous = Was(AgentPhase.Stopping) }, AgentPhase.Failed, "Said"),
        ("absent-in-pod", Live with { Session = SessionEvidence.Absent, WithoutSession = Says(AgentPhase.Failed), Previous = Was(AgentPhase.Running) }, AgentPhase.Failed, "Said"),
        ("absent-server-gone", Live with { Session = SessionEvidence.Absent, ServerGone = true, Previous = Was(AgentPhase.Running) }, AgentPhase.Failed, "ServerGone"),
        ("absent-vanished", Live with { Session = SessionEvidence.Absent, Previous = Was(AgentPhase.Running) }, AgentPhase.Failed, "SessionVanished"),
        ("absent-ended-before", Live with { Session = SessionEvidence.Absent, Desired = DesiredState.Running, Previous = Was(AgentPhase.Completed) }, AgentPhase.Completed, "Before"),
        ("absent-wanted", Live with { Session = SessionEvidence.Absent, Desired = DesiredState.Running }, AgentPhase.Pending, "NotStarted"),
        ("absent-unwanted", Live with { Session = SessionEvidence.Absent, Desired = DesiredState.Stopped }, AgentPhase.Stopped, "NeverStarted"),
        ("unseen-keeps", Live with { WithoutSession = Says(AgentPhase.Failed), Previous = Was(AgentPhase.Running) }, AgentPhase.Running, "Before"),
        ("unseen-in-pod", Live with { WithoutSession = Says(AgentPhase.Failed), Previous = Was(AgentPhase.Pending) }, AgentPhase.Unknown, "SessionNotObserved"),
        ("fallback", Live, AgentPhase.Unknown, "NotObserved"),
    ];

    private static PhaseInputs Live => new() { Link = SourceLink.Live };

    [Fact]
    public void The_table_names_every_rule_in_its_rank() =>
        Assert.Equal(Table.Select(row => row.Rule), PhaseRules.Ranked.Select(rule => rule.Name));

    [Fact]
    public void Each_example_is_decided_by_its_rule()
    {
        foreach (var (rule, example, phase, reason) in Table)
        {
            Assert.Equal(rule, PhaseRules.RuleFor(example).Name);
            var judgement = PhaseRules.Judge(example);
            Assert.Equal((phase, reason), (judgement.Phase, judgement.Reason));
        }
    }

    [Fact]
    public void Every_combination_of_inputs_is_judged_and_obeys_the_laws()
    {
        foreach (var input in Everything())
        {
            var judged = PhaseRules.Judge(input);

            Assert.True(Enum.IsDefined(judged.Phase));
            Assert.NotEmpty(judged.Reason);
            if (input.Link != SourceLink.Live)
            {
                Assert.Equal(input.Previous?.Phase ?? AgentPhase.Unknown, judged.Phase);
            }
            else if (input.Runtime is { } said)
            {
                var asked = input.Request == PhaseRequest.Stop;
                Assert.Equal(
                    said.Phase switch
                    {
                        AgentPhase.Completed or AgentPhase.Failed when asked => AgentPhase.Stopped,
                        AgentPhase.Pending or AgentPhase.Starting or AgentPhase.Running when asked => AgentPhase.Stopping,
                        var phase => phase,
                    },
                    judged.Phase);
                continue;
            }
            else if (input.Session == SessionEvidence.Alive)
            {
                Assert.Equal(input.Request == PhaseRequest.Stop ? AgentPhase.Stopping : input.IsUnfinished ? AgentPhase.Starting : AgentPhase.Running, judged.Phase);
            }
            else if (input.Session != SessionEvidence.NotObserved || input.WithoutSession is null)
            {
                Assert.True(judged.Phase != AgentPhase.Running, "what does not run is never shown as running");
            }

            if (input is { Link: SourceLink.Live, Session: SessionEvidence.Absent, WithoutSession: { } without, Request: PhaseRequest.None, StartError: null })
            {
                Assert.Equal(without, judged);
            }

            if (input is { Link: SourceLink.Live, Request: PhaseRequest.Stop, Session: SessionEvidence.Ended or SessionEvidence.Absent })
            {
                Assert.Equal(AgentPhase.Stopped, judged.Phase);
            }

            if (input is { Link: SourceLink.Live, Request: PhaseRequest.None, Session: SessionEvidence.Ended, StartError: null })
            {
                Assert.Equal(input.ExitCode == 0 ? AgentPhase.Completed : AgentPhase.Failed, judged.Phase);
            }
        }
    }

    [Fact]
    public void Judging_again_what_was_judged_changes_nothing()
    {
        foreach (var input in Everything().Where(input => input.Request == PhaseRequest.None))
        {
            var once = PhaseRules.Judge(input);
            Assert.Equal(once, PhaseRules.Judge(input with { Previous = once }));
        }
    }

    [Fact]
    public void A_declaration_that_never_ran_follows_a_change_of_its_desired_state()
    {
        var stopped = PhaseRules.Judge(Live with { Session = SessionEvidence.Absent, Desired = DesiredState.Stopped });

        var wanted = PhaseRules.Judge(Live with { Session = SessionEvidence.Absent, Desired = DesiredState.Running, Previous = stopped });

        Assert.Equal(AgentPhase.Pending, wanted.Phase);
    }

    private static PhaseJudgement Says(AgentPhase phase) => new(phase, "Said", "");

    private static PhaseJudgement Was(AgentPhase phase) => new(phase, "Before", "");

    private static IEnumerable<PhaseInputs> Everything() =>
        from desired in new DesiredState?[] { null, DesiredState.Running, DesiredState.Stopped }
        from pod in Enum.GetValues<AgentPhase>().Select(phase => (Runtime: (PhaseJudgement?)Says(phase), Without: (PhaseJudgement?)null))
            .Append((null, null)).Append((null, Says(AgentPhase.Starting))).Append((null, Says(AgentPhase.Failed)))
        from session in Enum.GetValues<SessionEvidence>()
        from unfinished in session == SessionEvidence.Alive ? new[] { false, true } : [false]
        from exitCode in new int?[] { null, 0, 1 }
        from signal in new int?[] { null, 9 }
        from request in Enum.GetValues<PhaseRequest>()
        from startError in new[] { null, "no such directory" }
        from serverGone in new[] { false, true }
        from previous in Enum.GetValues<AgentPhase>().Select(phase => (PhaseJudgement?)Was(phase)).Append(null)
        from link in Enum.GetValues<SourceLink>()
        select new PhaseInputs
        {
            Desired = desired,
            Runtime = pod.Runtime,
            WithoutSession = pod.Without,
            Session = session,
            IsUnfinished = unfinished,
            ExitCode = exitCode,
            ExitSignal = signal,
            Request = request,
            StartError = startError,
            ServerGone = serverGone,
            Previous = previous,
            Link = link,
        };
}
