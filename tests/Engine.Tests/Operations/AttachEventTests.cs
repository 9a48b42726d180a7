using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;
using AgentDeck.Testing;

namespace AgentDeck.Engine.Tests.Operations;

public sealed class AttachEventTests
{
    [Fact]
    public async Task Attaching_is_an_event_with_who_asked_and_how_it_went()
    {
        await using var tmux = new TmuxFixture();
        await tmux.StartAsync("a", "sleep 1000");
        await using var deck = EngineHarness.Start(tmux, new EngineOptions { OperatorName = "ann" });
        await deck.WaitForAsync("a", AgentPhase.Running);

        await using (await deck.Engine.Operations.AttachAsync(Fleet.Id("a"), new Size(80, 24), CancellationToken.None))
        {
            await Assert.ThrowsAsync<TransportException>(() => deck.Engine.Operations.AttachAsync(Fleet.Id("nobody"), new Size(80, 24), CancellationToken.None));
        }

        var events = deck.Engine.Store.RecentEvents.OfType<OperationFinished>().ToList();
        Assert.Equal(["here/a attach by ann: done", "here/nobody attach by ann: failed"], events.Select(done => $"{FleetEventText.Subject(done)} {FleetEventText.Describe(done).Split(": ")[0]}: {(done.Outcome == OperationOutcome.Succeeded ? "done" : "failed")}"));
    }
}
