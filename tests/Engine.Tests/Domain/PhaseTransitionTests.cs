using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Domain;

/// <summary>
/// Which phase may follow which. Walks everything that can be reached from an agent of which nothing was concluded yet, when one
/// input after the other changes and each judgement is the previous one of the next: a pair that is not in the table cannot occur.
/// </summary>
public sealed class PhaseTransitionTests
{
    // Which change leads from the phase of a row to that of a column: d what is declared, s the session, r what was asked for,
    // e the error of a start, p what the pod says (without one: whether the whole server is gone). Columns in the order of
    // AgentPhase. While the source does not answer no phase changes at all, see the laws of PhaseRulesTests.
    private const string WithoutPod = """
        Pending   | =     | rs    | s     | -     | dr    | s     | es    | ds
        Starting  | -     | =     | s     | r     | r     | rs    | rs    | s
        Running   | -     | s     | =     | r     | -     | s     | s     | s
        Stopping  | -     | r     | r     | =     | s     | -     | -     | s
        Stopped   | d     | rs    | s     | s     | =     | rs    | ers   | ds
        Completed | -     | rs    | s     | -     | r     | =     | es    | s
        Failed    | -     | rs    | s     | -     | r     | es    | =     | s
        Unknown   | ds    | rs    | s     | s     | drs   | s     | es    | =
        """;

    private const string InPod = """
        Pending   | =     | p     | p     | pr    | p     | p     | p     | p
        Starting  | p     | =     | ps    | prs   | prs   | prs   | eprs  | ps
        Running   | p     | ps    | =     | prs   | ps    | ps    | ps    | ps
        Stopping  | pr    | pr    | pr    | =     | ps    | p     | p     | ps
        Stopped   | p     | prs   | ps    | ps    | =     | prs   | eprs  | ps
        Completed | p     | prs   | ps    | p     | prs   | =     | eps   | ps
        Failed    | p     | eprs  | ps    | p     | eprs  | eps   | =     | ps
        Unknown   | p     | ps    | ps    | ps    | ps    | ps    | ps    | =
        """;

    [Fact]
    public void An_agent_without_a_pod_goes_from_phase_to_phase_as_the_table_says() =>
        Assert.Equal(WithoutPod, Walk([.. Everything([new(), new(ServerGone: true)])]));

    [Fact]
    public void An_agent_in_a_pod_goes_from_phase_to_phase_as_the_table_says() =>
        Assert.Equal(InPod, Walk([.. Everything([.. Pods()])]));

    private static IEnumerable<Around> Pods() =>
    [
        .. Enum.GetValues<AgentPhase>().Select(phase => new Around(Runtime: Says(phase))),
        new(WithoutSession: Says(AgentPhase.Starting)),
        new(WithoutSession: Says(AgentPhase.Failed)),
        new(Ending: Says(AgentPhase.Stopped)),
        new(Ending: Says(AgentPhase.Failed)),
    ];

    private static PhaseJudgement Says(AgentPhase phase) => new(phase, "Said", "");

    private static IEnumerable<World> Everything(Around[] arounds) =>
        from desired in new DesiredState?[] { null, DesiredState.Running, DesiredState.Stopped }
        from seen in new Seen[]
        {
            new(SessionEvidence.NotObserved), new(SessionEvidence.Alive), new(SessionEvidence.Alive, IsUnfinished: true), new(SessionEvidence.Absent), new(SessionEvidence.Ended),
            new(SessionEvidence.Ended, ExitCode: 0), new(SessionEvidence.Ended, ExitCode: 1), new(SessionEvidence.Ended, ExitSignal: 9),
        }
        from request in Enum.GetValues<PhaseRequest>()
        from error in new[] { null, "no such directory" }
        from around in arounds
        select new World(desired, seen, request, error, around);

    // Where an agent is at any time is what is so around it, and what was concluded last.
    private static string Walk(World[] worlds)
    {
        var neighbours = worlds.ToDictionary(
            world => world,
            world => worlds.Select(other => (World: other, Change: world.ChangeTo(other))).Where(next => next.Change is not null).ToArray());
        var causes = new Dictionary<(AgentPhase From, AgentPhase To), SortedSet<char>>();
        var places = new HashSet<(World, PhaseJudgement)>(worlds.Select(world => (world, PhaseRules.Judge(world.Inputs(null)))));
        var ahead = new Queue<(World World, PhaseJudgement Judged)>(places);
        while (ahead.TryDequeue(out var place))
        {
            foreach (var (world, change) in neighbours[place.World])
            {
                var judged = PhaseRules.Judge(world.Inputs(place.Judged));
                if (judged.Phase != place.Judged.Phase)
                {
                    var pair = (place.Judged.Phase, judged.Phase);
                    (causes.TryGetValue(pair, out var known) ? known : causes[pair] = []).Add(change!.Value);
                }

                if (places.Add((world, judged)))
                {
                    ahead.Enqueue((world, judged));
                }
            }
        }

        return string.Join('\n', Enum.GetValues<AgentPhase>().Select(from =>
            $"{from,-9} | {string.Join(" | ", Enum.GetValues<AgentPhase>().Select(to => $"{(from == to ? "=" : causes.TryGetValue((from, to), out var found) ? string.Concat(found) : "-"),-5}"))}".TrimEnd()));
    }

    private readonly record struct Seen(SessionEvidence Session, int? ExitCode = null, int? ExitSignal = null, bool IsUnfinished = false);

    private readonly record struct Around(PhaseJudgement? Runtime = null, PhaseJudgement? WithoutSession = null, PhaseJudgement? Ending = null, bool ServerGone = false);

    private sealed record World(DesiredState? Desired, Seen Seen, PhaseRequest Request, string? StartError, Around Around)
    {
        /// <summary>The one thing in which the other differs, or null when there is none or more than one.</summary>
        public char? ChangeTo(World other) =>
            (Desired == other.Desired, Seen == other.Seen, Request == other.Request, StartError == other.StartError, Around == other.Around) switch
            {
                (false, true, true, true, true) => 'd',
                (true, false, true, true, true) => 's',
                (true, true, false, true, true) => 'r',
                (true, true, true, false, true) => 'e',
                (true, true, true, true, false) => 'p',
                _ => null,
            };

        public PhaseInputs Inputs(PhaseJudgement? previous) => new()
        {
            Link = SourceLink.Live,
            Desired = Desired,
            Session = Seen.Session,
            IsUnfinished = Seen.IsUnfinished,
            ExitCode = Seen.ExitCode,
            ExitSignal = Seen.ExitSignal,
            Request = Request,
            StartError = StartError,
            Runtime = Around.Runtime,
            WithoutSession = Around.WithoutSession,
            Ending = Around.Ending,
            ServerGone = Around.ServerGone,
            Previous = previous,
        };
    }
}
