using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Engine.Reconciliation;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class RouteProbeTests : IDisposable
{
    private static readonly AgentId There = new("there", "", "a");

    private readonly string _folder = Directory.CreateTempSubdirectory("ad-routes-").FullName;

    private EngineOptions Options => new() { JournalDirectory = Path.Combine(_folder, "journal") };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<AgentPhase?, SourceLink?, bool, string?, string?, string> Places()
    {
        var data = new TheoryData<AgentPhase?, SourceLink?, bool, string?, string?, string>();
        AgentPhase?[] phases = [null, .. Enum.GetValues<AgentPhase>().Cast<AgentPhase?>()];
        SourceLink?[] links = [null, .. Enum.GetValues<SourceLink>().Cast<SourceLink?>()];
        foreach (var phase in phases)
        {
            foreach (var link in links)
            {
                foreach (var declared in phase is null ? new[] { false } : [false, true])
                {
                    foreach (var (recorded, now) in new[] { (null, (string?)null), ("u1", "u1"), ("u1", "u2") })
                    {
                        var word = link is null || declared ? RouteWord.GivenUp
                            : link != SourceLink.Live ? RouteWord.Unknown
                            : phase is null || recorded != now ? RouteWord.Gone
                            : phase is AgentPhase.Running or AgentPhase.Starting or AgentPhase.Stopping ? RouteWord.Alive
                            : phase == AgentPhase.Unknown ? RouteWord.Unknown
                            : RouteWord.Gone;
                        data.Add(phase, link, declared, recorded, now, $"{word}");
                    }
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Only_a_source_that_answers_can_say_that_an_agent_is_gone(AgentPhase? phase, SourceLink? link, bool isDeclared, string? recordedUid, string? uidNow, string word)
    {
        var fleet = FleetSnapshot.Empty with { Sources = link is { } known ? [Tests.Fleet.Here with { Link = known }] : [] };
        if (phase is { } seen)
        {
            var agent = Tests.Fleet.Agent("a", seen, spec: isDeclared ? Tests.Fleet.Spec("a") : null);
            agent = agent with { Status = agent.Status with { Pod = uidNow is null ? null : new PodStatus("n", "p", uidNow, null, "Running") } };
            fleet = fleet with { Agents = fleet.Agents.Add(agent.Id, agent) };
        }

        Assert.Equal(word, $"{RouteProbe.Ask(Tests.Fleet.Id("a"), new AgentRoute(RouteKind.Kubernetes, "n/p", recordedUid), fleet)}");
    }

    [Fact]
    public async Task An_agent_whose_declaration_moved_starts_there_only_once_it_ended_where_it_was()
    {
        await using var old = new TmuxFixture();
        await using var other = new TmuxFixture();
        var here = new DeckConfiguration { Sources = [new LocalSourceSpec("here", old.Socket), new LocalSourceSpec("there", other.Socket)], Agents = [Tests.Fleet.Spec("a")] };
        await using (var first = EngineHarness.Start(here, Options))
        {
            await first.WaitForAsync("a", AgentPhase.Running);
        }

        await using var second = EngineHarness.Start(here with { Agents = [Tests.Fleet.Spec("a") with { Source = "there" }] }, Options);
        var held = await second.WaitAsync(IsHeld, "there/a to wait");

        Assert.Equal((AgentPhase.Running, null), (held.Agents[Tests.Fleet.Id("a")].Status.Phase, held.Agents[Tests.Fleet.Id("a")].Spec));
        Assert.NotEqual(0, (await other.TryRunAsync("list-sessions")).ExitCode);

        await old.RunAsync("kill-session", "-t", "=a");

        await second.WaitAsync(fleet => fleet.Agents.GetValueOrDefault(There)?.Status.Phase == AgentPhase.Running, "there/a to run");
        Assert.Equal("a\n", await other.RunAsync("list-sessions", "-F", "#{session_name}"));
    }

    [Fact]
    public async Task By_hand_it_is_started_all_the_same()
    {
        await using var old = new TmuxFixture();
        await using var other = new TmuxFixture();
        var here = new DeckConfiguration { Sources = [new LocalSourceSpec("here", old.Socket), new LocalSourceSpec("there", other.Socket)], Agents = [Tests.Fleet.Spec("a")] };
        await using (var first = EngineHarness.Start(here, Options))
        {
            await first.WaitForAsync("a", AgentPhase.Running);
        }

        await using var second = EngineHarness.Start(here with { Agents = [Tests.Fleet.Spec("a") with { Source = "there" }] }, Options);
        await second.WaitAsync(IsHeld, "there/a to wait");

        Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "started"), await second.Engine.Operations.ExecuteAsync(There, new SessionCommand.Start(), CancellationToken.None));
    }

    private static bool IsHeld(FleetSnapshot fleet) =>
        fleet.Agents.GetValueOrDefault(There)?.Conditions.Any(condition =>
            condition is { Type: ConditionTypes.Reconciled, Reason: "RouteNotGone", Message: "it still runs as here/a, where it was declared before; once that is stopped it is started here" }) == true;
}
