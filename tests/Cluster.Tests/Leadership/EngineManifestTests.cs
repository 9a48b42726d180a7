using AgentDeck.Engine.Dialects;
using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests.Leadership;

/// <summary>A real API server takes what <c>agentdeck manifests engine</c> prints.</summary>
[Collection(ClusterCollection.Name)]
public sealed class EngineManifestTests(ClusterNamespace space) : IClassFixture<ClusterNamespace>
{
    [ClusterTheory]
    [InlineData("gascity")]
    [InlineData("ambient")]
    public async Task The_manifests_of_an_engine_are_valid(string dialect)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, EngineManifest.Write(dialect, space.Name, TestImages.Agent));

            var answer = await space.Kubectl.RunAsync("apply", "--dry-run=server", "--validate=true", "-f", file);

            Assert.Equal(4, answer.Split('\n').Count(line => line.EndsWith(" created (server dry run)", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
