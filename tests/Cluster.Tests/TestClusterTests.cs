using AgentDeck.Testing.Cluster;

namespace AgentDeck.Cluster.Tests;

public sealed class TestClusterTests
{
    [Fact]
    public void Where_there_can_be_no_cluster_one_line_says_why_and_what_to_do()
    {
        string?[] reasons = [TestCluster.Judge(false, true, true), TestCluster.Judge(true, false, true), TestCluster.Judge(true, true, false)];

        Assert.All(reasons, reason => Assert.Contains("AGENTDECK_TEST_KUBECONFIG", reason, StringComparison.Ordinal));
        Assert.All(reasons, reason => Assert.DoesNotContain('\n', reason!));
        Assert.Equal(3, reasons.Distinct().Count());
        Assert.Null(TestCluster.Judge(true, true, true));
    }

    [Theory]
    [InlineData("gc-bright-mayor", "gc-bright-mayor", "gc-bright-mayor")]
    [InlineData("gastown__mayor", "gastown--mayor", "gastown__mayor")]
    [InlineData("UPPER.case/x", "upper-case-x", "UPPER.case-x")]
    [InlineData("--both--", "both", "both")]
    [InlineData("///", "unknown", "unknown")]
    [InlineData(
        "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz01234567",
        "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0",
        "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0")]
    public void A_session_of_gas_city_gets_the_pod_name_and_the_label_that_gas_city_gives_it(string session, string podName, string label)
    {
        var metadata = PodSketches.GasCity(new GasCitySketch(session))["metadata"]!;

        Assert.Equal(podName, metadata["name"]!.GetValue<string>());
        Assert.Equal(label, metadata["labels"]!["gc-session"]!.GetValue<string>());
        Assert.Equal(session, metadata["annotations"]!["gc-session-name"]!.GetValue<string>());
    }
}
