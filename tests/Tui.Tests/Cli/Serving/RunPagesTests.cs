using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;
using AgentDeck.Tui.Cli.Serving;

namespace AgentDeck.Tui.Tests.Cli.Serving;

public sealed class RunPagesTests
{
    [Fact]
    public async Task It_is_well_from_the_start_ready_when_its_sources_answered_and_no_more_when_it_ends()
    {
        using var meters = new MeterBook();
        var pages = new RunPages(meters);
        Assert.Equal((200, 503), (Code("/healthz"), Code("/readyz")));

        await using var engine = FleetEngine.Start(new DeckConfiguration(), [], new EngineOptions());
        pages.Begin(engine, CancellationToken.None);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Code("/readyz") != 200)
        {
            Assert.False(deadline.IsCancellationRequested, "it is never ready");
            await Task.Yield();
        }

        Assert.Equal(200, Code("/healthz"));

        pages.Drain();
        Assert.Equal((200, 503), (Code("/healthz"), Code("/readyz")));

        int Code(string page) => pages.All[page]().Code;
    }
}
