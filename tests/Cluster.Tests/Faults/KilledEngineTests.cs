using System.Globalization;
using AgentDeck.Testing;
using AgentDeck.Testing.Cluster;
using Xunit.Abstractions;

namespace AgentDeck.Cluster.Tests.Faults;

/// <summary>
/// An engine of agents in pods that is killed again and again, at moments that a seed chooses among what it does, while pods go behind its
/// back: each time the next one makes the world as it was declared. <c>AGENTDECK_TEST_SEED</c> repeats a run.
/// </summary>
[Collection(ClusterCollection.Name)]
public sealed class KilledEngineTests(ClusterNamespace space, ITestOutputHelper output) : IClassFixture<ClusterNamespace>
{
    private int _kills;

    [ClusterFaultFact]
    public async Task However_often_the_engine_is_killed_every_agent_ends_with_one_pod_and_is_not_started_again_for_that()
    {
        var seed = Environment.GetEnvironmentVariable("AGENTDECK_TEST_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"AGENTDECK_TEST_SEED={seed}");
        var random = new Random(seed);
        await using var world = await PodWorld.OpenAsync(space, random);

        // While everything is started.
        for (var round = 0; round < 3; round++)
        {
            await using var engine = await world.StartEngineAsync();
            await KillAsync(engine, random.Next(60), world);
        }

        // While pods go, and then while those are made anew.
        for (var round = 0; round < 4; round++)
        {
            await using (var engine = await world.StartEngineAsync())
            {
                await world.ConvergeAsync(CancellationToken.None);
                world.AssertHardlyAnyTooMany();
                var loss = world.LoseSomeAsync();
                await KillAsync(engine, random.Next(16), world);
                await loss;
            }

            await using var next = await world.StartEngineAsync();
            await KillAsync(next, random.Next(40), world);
        }

        await using var last = await world.StartEngineAsync();
        await world.ConvergeAsync(CancellationToken.None);
        await world.SeeAllRunAsync();
        world.AssertHardlyAnyTooMany();
        await last.TerminateAsync();
        Assert.Equal(0, last.ExitCode);
        output.WriteLine($"{_kills} kills");
    }

    // After as many lines more as chance says, or when there is nothing left to do.
    private async Task KillAsync(EngineProcess engine, int lines, PodWorld world)
    {
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(engine.PassAsync(engine.Lines + lines, enough.Token), world.ConvergeAsync(enough.Token));
        await engine.KillAsync();
        await enough.CancelAsync();
        _kills++;
    }
}
