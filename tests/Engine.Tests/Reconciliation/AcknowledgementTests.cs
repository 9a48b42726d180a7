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

    private static Task<Agent> FailedAsync(EngineHarness deck) =>
        deck.WaitForAsync("a", agent => agent.Status is { Phase: AgentPhase.Failed, StartedAt: not null, LastActivity: not null }, "failed");

    private static Task<OperationResult> AcknowledgeAsync(EngineHarness deck) =>
        deck.Engine.Operations.ExecuteAsync(Fleet.Id("a"), new SessionCommand.Acknowledge(), CancellationToken.None);
}
