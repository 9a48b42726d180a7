using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Reconciliation;

namespace AgentDeck.Engine.Tests.Reconciliation;

/// <summary>
/// Every request that can be under way, as its kind and how far it got (i interrupted, k killed, e its end was seen, s started),
/// against every request that can come and every phase that the agent can be in meanwhile.
/// </summary>
public sealed class RequestTransitionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] UnderWay =
    [
        "None", "Start", "Start s", "Stop", "Stop i", "Stop ik",
        "Restart", "Restart i", "Restart ik", "Restart e", "Restart ie", "Restart ike", "Restart es", "Restart ies", "Restart ikes",
    ];

    // What the request becomes: under way | Start comes | Stop comes | Restart comes.
    private const string Merged = """
        None | Start | Stop | Restart
        Start | Start | Stop | Restart
        Start s | Start s | Stop | Restart
        Stop | Start | Stop | Restart
        Stop i | Restart i | Stop i | Restart i
        Stop ik | Restart ik | Stop ik | Restart ik
        Restart | Restart | Stop | Restart
        Restart i | Restart i | Stop i | Restart i
        Restart ik | Restart ik | Stop ik | Restart ik
        Restart e | Restart e | Stop | Restart e
        Restart ie | Restart ie | Stop | Restart ie
        Restart ike | Restart ike | Stop | Restart ike
        Restart es | Restart es | Stop | Restart es
        Restart ies | Restart ies | Stop | Restart ies
        Restart ikes | Restart ikes | Stop | Restart ikes
        """;

    // What is done next: under way | Pending | Starting | Running | Stopping | Stopped | Completed | Failed | Unknown.
    private const string Steps = """
        None | None | None | None | None | None | None | None | None
        Start | Start | Start | Finish | None | Start | Start | Start | Start
        Start s | None | None | Finish | Finish | Finish | Finish | Finish | Finish
        Stop | Finish | Interrupt | Interrupt | Interrupt | Finish | Finish | Finish | Interrupt
        Stop i | Finish | None | None | None | Finish | Finish | Finish | None
        Stop ik | Finish | None | None | None | Finish | Finish | Finish | Finish
        Restart | NoteEnd | Interrupt | Interrupt | Interrupt | NoteEnd | NoteEnd | NoteEnd | Interrupt
        Restart i | NoteEnd | None | None | None | NoteEnd | NoteEnd | NoteEnd | None
        Restart ik | NoteEnd | None | None | None | NoteEnd | NoteEnd | NoteEnd | NoteEnd
        Restart e | Start | Start | Finish | None | Start | Start | Start | Start
        Restart ie | Start | Start | Finish | None | Start | Start | Start | Start
        Restart ike | Start | Start | Finish | None | Start | Start | Start | Start
        Restart es | None | None | Finish | Finish | Finish | Finish | Finish | Finish
        Restart ies | None | None | Finish | Finish | Finish | Finish | Finish | Finish
        Restart ikes | None | None | Finish | Finish | Finish | Finish | Finish | Finish
        """;

    [Fact]
    public void Every_request_becomes_what_the_table_says_when_another_comes() =>
        Assert.Equal(Merged, Table(state => Enum.GetValues<RequestKind>().Select(kind => NameOf(RequestRules.Merge(RequestOf(state), kind, "bob", Now)))));

    [Fact]
    public void Every_request_is_carried_on_in_every_phase_as_the_table_says() =>
        Assert.Equal(Steps, Table(state => Enum.GetValues<AgentPhase>().Select(phase => Plan(RequestOf(state), phase).Action.GetType().Name)));

    [Fact]
    public void No_request_leads_out_of_the_table_and_who_asked_last_is_served()
    {
        foreach (var state in UnderWay)
        {
            foreach (var kind in Enum.GetValues<RequestKind>())
            {
                var merged = RequestRules.Merge(RequestOf(state), kind, "bob", Now);

                Assert.Contains(NameOf(merged), UnderWay);
                Assert.True(RequestRules.Serves(merged, kind), $"{state}, then {kind}");
                Assert.Same(merged, RequestRules.Merge(merged, kind, "eve", Now));
            }
        }
    }

    private static string Table(Func<string, IEnumerable<string>> cells) =>
        string.Join('\n', UnderWay.Select(state => string.Join(" | ", cells(state).Prepend(state))));

    private static OperatorRequest? RequestOf(string state) => state.Split(' ') is var words && words[0] == "None" ? null
        : new OperatorRequest(Enum.Parse<RequestKind>(words[0]), "eve", Now)
        {
            InterruptedAt = At(words, 'i'),
            KilledAt = At(words, 'k'),
            EndedAt = At(words, 'e'),
            StartedAt = At(words, 's'),
        };

    private static DateTimeOffset? At(string[] words, char step) => words.Length > 1 && words[1].Contains(step, StringComparison.Ordinal) ? Now : null;

    private static string NameOf(OperatorRequest request) =>
        $"{request.Kind} {(request.InterruptedAt is null ? "" : "i")}{(request.KilledAt is null ? "" : "k")}{(request.EndedAt is null ? "" : "e")}{(request.StartedAt is null ? "" : "s")}".TrimEnd();

    private static AgentPlan Plan(OperatorRequest? request, AgentPhase phase) => AgentPlanner.Plan(new PlanInputs
    {
        Spec = null,
        Status = Fleet.Agent("a", phase, Activity.None).Status,
        Upkeep = AgentUpkeep.None with { Request = request },
        Link = SourceLink.Live,
        WhyNotEnforced = null,
        KillGrace = TimeSpan.FromSeconds(5),
        Now = Now,
    });
}
