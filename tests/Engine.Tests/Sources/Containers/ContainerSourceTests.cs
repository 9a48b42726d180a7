using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tests.Sources.Containers;

/// <summary>A runtime that comes and goes: a stand-in, since nothing else can be taken away at will.</summary>
public sealed class ContainerSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-runtime-").FullName;

    private string Up => Path.Combine(_folder, "up");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_runtime_that_is_not_installed_is_said_in_one_sentence_and_hides_nothing_else()
    {
        await using var engine = EngineHarness.Start(
            new DeckConfiguration { Sources = [new ContainerSourceSpec("box", "scion") { Program = ["agentdeck-no-such-runtime"] }] }, new EngineOptions());

        var fleet = await engine.WaitAsync(fleet => fleet.Sources.Single().Link == SourceLink.Unreachable, "the source to be unreachable");

        Assert.Equal("cannot start agentdeck-no-such-runtime: it was not found in PATH; install it", fleet.Sources.Single().Error);
        Assert.Equal("container", fleet.Sources.Single().Kind);
        Assert.Empty(fleet.Agents);
        Assert.True(await engine.Engine.WaitUntilSettledAsync(TimeSpan.FromSeconds(60), CancellationToken.None));
    }

    [Fact]
    public async Task A_runtime_that_does_not_answer_says_why_and_is_live_when_it_comes()
    {
        await using var engine = EngineHarness.Start(
            new DeckConfiguration { Sources = [new ContainerSourceSpec("box", "scion") { Program = ["sh", StandIn()] }] }, new EngineOptions { Jitter = () => 0 });
        var down = await engine.WaitAsync(fleet => fleet.Sources.Single().Link == SourceLink.Unreachable, "the source to be unreachable");
        Assert.Equal("docker ps: no daemon answers", down.Sources.Single().Error);

        File.WriteAllText(Up, "");
        await engine.WaitAsync(fleet => fleet.Sources.Single() is { Link: SourceLink.Live, Error: null }, "the source to be live");

        File.Delete(Up);
        var lost = await engine.WaitAsync(fleet => fleet.Sources.Single().Link != SourceLink.Live, "the source to be lost");
        Assert.Equal("the daemon went away", lost.Sources.Single().Error);

        File.WriteAllText(Up, "");
        await engine.WaitAsync(fleet => fleet.Sources.Single().Link == SourceLink.Live, "the source to be live again");
    }

    private string StandIn()
    {
        var path = Path.Combine(_folder, "runtime");
        File.WriteAllText(path, $"""
            [ -e '{Up}' ] || [ "$1" = events ] || {"{ echo 'no daemon answers' >&2; exit 1; }"}
            [ "$1" = events ] || exit 0
            until [ -e '{Up}' ]; do sleep 0.1; done
            while [ -e '{Up}' ]; do sleep 0.1; done
            echo 'the daemon went away' >&2
            exit 1

            """);
        return path;
    }
}
