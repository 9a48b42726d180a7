using System.Globalization;
using AgentDeck.Testing;
using Xunit.Abstractions;

namespace AgentDeck.EndToEnd.Tests.Killing;

/// <summary>
/// An engine that is killed again and again, at moments that a seed chooses among what it does: each time the next one makes the world as
/// it was declared and asked for. <c>AGENTDECK_TEST_SEED</c> repeats a run.
/// </summary>
public sealed class KilledEngineTests(ITestOutputHelper output)
{
    private int _kills;

    [Fact]
    public async Task However_often_the_engine_is_killed_no_agent_is_started_twice_or_lost_and_what_was_asked_for_stays()
    {
        var seed = Environment.GetEnvironmentVariable("AGENTDECK_TEST_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"AGENTDECK_TEST_SEED={seed}");
        var random = new Random(seed);
        await using var world = new World(random);

        // While a hundred agents are started.
        for (var round = 0; round < 12; round++)
        {
            await using var engine = world.Bench.StartEngine();
            await KillAsync(engine, random.Next(60), world);
        }

        // While agents crash, and while operators ask for something.
        for (var round = 0; round < 24; round++)
        {
            await using var engine = world.Bench.StartEngine();
            await world.ConvergeAsync(CancellationToken.None);
            await world.CheckAsync();
            var mischief = world.Begin();
            await KillAsync(engine, random.Next(8), world);
            await mischief;
        }

        // What nobody saw, or had no time to write down, cannot be remembered once nothing is left of it.
        await using (var engine = world.Bench.StartEngine())
        {
            await world.ConvergeAsync(CancellationToken.None);
            await world.SeeAsync(engine);
            await engine.TerminateAsync();
        }

        // While everything is started again after the server's end. Only once: three runs that end early are a crash loop.
        for (var round = 0; round < 14; round++)
        {
            await using var engine = world.Bench.StartEngine();
            if (round == 0)
            {
                await world.SeeAsync(engine);
                await world.CheckAsync();
                await world.KillServerAsync();
            }

            await KillAsync(engine, random.Next(40), world);
        }

        await using var last = world.Bench.StartEngine();
        await world.ConvergeAsync(CancellationToken.None);
        await world.SeeAsync(last);
        await world.CheckAsync();
        output.WriteLine($"{_kills} kills; the crasher ran {world.Crashes} times");
    }

    // After as many lines as chance says, or when there is nothing left to do.
    private async Task KillAsync(EngineProcess engine, int lines, World world)
    {
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(engine.PassAsync(lines, enough.Token), world.ConvergeAsync(enough.Token));
        await engine.KillAsync();
        await enough.CancelAsync();
        _kills++;
    }
}
