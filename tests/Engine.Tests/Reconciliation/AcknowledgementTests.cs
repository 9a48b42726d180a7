using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Journal;
using AgentDeck.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentDeck.Engine.Tests.Reconciliation;

public sealed class AcknowledgementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ad-seen-").FullName;

    private EngineOptions Options => new() { JournalDirectory = Path.Combine(_folder, "journal"), OperatorName = "ada" };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_acknowledged_stays_so_in_the_next_engine_until_the_agent_fails_again()
    {
        await using var tmux = new TmuxFixture();
        var failing = Fleet.Spec("a", "exit 3");
        await using (var first = EngineHarness.Start(tmux, Options, failing))
        {
            await FailedAsync(first);
            Assert.Equal(new OperationResult(OperationOutcome.Succeeded, "that it failed"), await AcknowledgeAsync(first));

            var seen = first.Fleet.Agents[Fleet.Id("a")];
            Assert.Equal((AgentPhase.Failed, Attention.None), (seen.Status.Phase, Attention.Rank(seen)));
            Assert.Contains(first.Engine.Store.RecentEvents, happened => happened is OperationFinished { Operator: "ada", Operation: "acknowledge", Acknowledged: not null });
            Assert.Equal(OperationOutcome.Refused, (await AcknowledgeAsync(first)).Outcome);
        }

        await using var second = EngineHarness.Start(tmux, Options with { OperatorName = "bob" }, failing);
        var still = await second.WaitForAsync("a", Attention.IsAcknowledged, "acknowledged still");
        Assert.Equal("ada", still.Acknowledged?.By);

        await second.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Start(), CancellationToken.None);
        var again = await second.WaitForAsync("a", agent => agent is { Restarts: 1, Status.Phase: AgentPhase.Failed }, "failed again");
        Assert.Equal(0, Attention.Rank(again));
    }

    [Fact]
    public async Task What_is_acknowledged_in_an_engine_that_may_not_write_counts_for_the_one_that_does()
    {
        await using var tmux = new TmuxFixture();
        await using (var keeper = EngineHarness.Start(tmux, Options, Fleet.Spec("a", "exit 3")))
        {
            await FailedAsync(keeper);
            await using (var hand = EngineHarness.Start(tmux, Options with { ObserveOnly = true, OperatorName = "eve" }, Fleet.Spec("a", "exit 3")))
            {
                await FailedAsync(hand);
                await AcknowledgeAsync(hand);
                Assert.True(Attention.IsAcknowledged(hand.Fleet.Agents[Fleet.Id("a")]));
            }

            var seen = await keeper.WaitForAsync("a", Attention.IsAcknowledged, "acknowledged");
            Assert.Equal("eve", seen.Acknowledged?.By);
        }

        await using var journal = FileJournal.Open(Options.JournalDirectory!, "test", TimeProvider.System, () => 1, NullLogger.Instance);
        Assert.Equal("eve", journal.Current.Agents[Fleet.Id("a")].Acknowledged?.By);
    }

    [Fact]
    public async Task Who_attaches_has_seen_what_the_agent_wants_and_what_it_comes_to_want_meanwhile_but_not_what_it_wants_later()
    {
        await using var tmux = new TmuxFixture { Deadline = TimeSpan.FromMinutes(1) };
        await tmux.StartAsync("a", "while printf 'go on? [y/N] '; do read answer; done");
        await using var deck = EngineHarness.Start(tmux, Options with { OperatorName = "ann" });
        await deck.WaitForAsync("a", agent => agent.Status is { Activity: Activity.Waiting, StartedAt: not null, LastActivity: not null }, "waiting");
        await using (var client = await deck.Engine.Operations.AttachAsync(Fleet.Id("a"), new Size(80, 24), CancellationToken.None))
        {
            Assert.Equal(("ann", Attention.None), (deck.Fleet.Agents[Fleet.Id("a")].Acknowledged?.By, Attention.Rank(deck.Fleet.Agents[Fleet.Id("a")])));
            await AskAgainAsync();
        }

        var left = deck.Engine.Store.RecentEvents.OfType<OperationFinished>().Last();
        Assert.Equal(("acknowledge", "that it is waiting, by having been attached"), (left.Operation, left.Detail));
        Assert.Equal(left.Acknowledged, deck.Fleet.Agents[Fleet.Id("a")].Acknowledged?.What);
        await AskAgainAsync();

        // Times of tmux have whole seconds: what comes within one is told from nothing.
        Task AskAgainAsync() => tmux.WaitAsync(
            async () =>
            {
                await tmux.RunAsync("send-keys", "-t", "a", "Enter");
                return deck.Fleet.Agents[Fleet.Id("a")];
            },
            agent => agent.Status.Activity == Activity.Waiting && !Attention.IsAcknowledged(agent),
            "another question");
    }

    [Fact]
    public async Task Who_answers_an_agent_has_seen_what_it_wants()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("a", "printf 'go on? [y/N] '; read answer; sleep 1000");
        await using var deck = EngineHarness.Start(tmux, Options with { OperatorName = "ann" });
        var waiting = await deck.WaitForAsync("a", agent => agent.Status is { Activity: Activity.Waiting, StartedAt: not null, LastActivity: not null }, "waiting");

        Assert.Equal(OperationOutcome.Succeeded, (await deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Nudge("y", Force: false), CancellationToken.None)).Outcome);

        Assert.Equal((Attention.KeyOf(waiting), "ann"), (deck.Fleet.Agents[Fleet.Id("a")].Acknowledged?.What, deck.Fleet.Agents[Fleet.Id("a")].Acknowledged?.By));
    }

    private static Task<Agent> FailedAsync(EngineHarness deck) =>
        deck.WaitForAsync("a", agent => agent.Status is { Phase: AgentPhase.Failed, StartedAt: not null, LastActivity: not null }, "failed");

    private static Task<OperationResult> AcknowledgeAsync(EngineHarness deck) =>
        deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Acknowledge(), CancellationToken.None);
}
