using AgentDeck.Engine.Dialects;

namespace AgentDeck.Engine.Tests.Dialects;

public sealed class EngineManifestTests
{
    private static readonly string[] Lines = [.. EngineManifest.Write("gascity", "gc", "registry.example/agentdeck:1").Split('\n').Select(line => line.Trim())];

    [Theory]
    [InlineData("replicas: 2")]
    [InlineData("image: \"registry.example/agentdeck:1\"")]
    [InlineData("startupProbe:")]
    [InlineData("livenessProbe:")]
    [InlineData("readinessProbe:")]
    [InlineData("requests:")]
    [InlineData("limits:")]
    [InlineData("runAsNonRoot: true")]
    [InlineData("readOnlyRootFilesystem: true")]
    [InlineData("allowPrivilegeEscalation: false")]
    [InlineData("drop: [\"ALL\"]")]
    public void An_engine_in_a_cluster_is_limited_probed_and_may_do_little(string line) => Assert.Contains(line, Lines);

    [Fact]
    public void It_may_do_what_the_deck_may_and_hold_a_lease_and_nothing_more() => Assert.Equal(
        ["leases", "pods", "pods/exec", "pods/log"],
        Lines.Where(line => line.StartsWith("resources: [", StringComparison.Ordinal)).Select(line => line.Split('"')[1]).Distinct().Order(StringComparer.Ordinal));
}
