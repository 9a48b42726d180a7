using AgentDeck.Engine.Configuration;
using AgentDeck.Tui.Cli;

namespace AgentDeck.Tui.Tests.Cli;

public sealed class ClusterPlaceTests
{
    private static readonly DeckConfiguration Declared = new()
    {
        File = "agents.toml",
        Sources = [new LocalSourceSpec("here", "agentdeck"), new KubernetesSourceSpec("gc", "gascity") { Context = "old", Namespaces = ["a", "b"] }],
    };

    [Fact]
    public void Every_kubernetes_source_is_moved_and_no_other()
    {
        var moved = new ClusterPlace("new", "c", IsEverywhere: false).Apply(Declared, _ => null);

        Assert.Equal(Declared.Sources[0], moved.Sources[0]);
        var pods = Assert.IsType<KubernetesSourceSpec>(moved.Sources[1]);
        Assert.Equal("new", pods.Context);
        Assert.Equal("c", Assert.Single(pods.Namespaces));
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_what_it_does_not_say_stays()
    {
        var moved = new ClusterPlace(null, "c", IsEverywhere: false).Apply(Declared, name => name == "GC_K8S_CONTEXT" ? "gas" : "elsewhere");
        var pods = GasCityEnvironment.Apply((KubernetesSourceSpec)moved.Sources[1], _ => "elsewhere");

        Assert.Equal("gas", pods.Context);
        Assert.Equal("c", Assert.Single(pods.Namespaces));
    }

    [Fact]
    public void All_namespaces_take_the_place_of_those_that_are_named()
    {
        var pods = (KubernetesSourceSpec)new ClusterPlace(null, null, IsEverywhere: true).Apply(Declared, _ => null).Sources[1];

        Assert.True(pods.AllNamespaces);
        Assert.Empty(pods.Namespaces);
    }

    [Fact]
    public void Without_a_file_it_is_one_source_of_gas_citys_pods()
    {
        var pods = Assert.IsType<KubernetesSourceSpec>(Assert.Single(new ClusterPlace(null, "c", IsEverywhere: false).Apply(new DeckConfiguration(), _ => null).Sources));

        Assert.Equal("gascity", pods.Dialect);
        Assert.Equal("c", Assert.Single(pods.Namespaces));
    }

    [Fact]
    public void A_file_without_a_cluster_is_wrong_usage() => Assert.Equal(
        "--context, --namespace and -A are for sources of kind kubernetes, and agents.toml has none",
        Assert.Throws<CliException>(() => new ClusterPlace("x", null, IsEverywhere: false).Apply(Declared with { Sources = [Declared.Sources[0]] }, _ => null)).Message);

    [Fact]
    public async Task A_namespace_and_all_of_them_exclude_each_other()
    {
        var run = new CliRun();

        Assert.Equal(2, await run.RunAsync("--once", "-n", "a", "-A"));
        Assert.Contains("--namespace and --all-namespaces exclude each other", run.Console.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_printed_for_the_namespace_that_is_named_and_for_no_injected_one()
    {
        var run = new CliRun();

        Assert.Equal(0, await run.RunAsync("manifests", "rbac", "--dialect", "gascity", "-n", "gc", "--read-only"));
        Assert.Contains("kind: Role\nmetadata:\n  name: agentdeck-read-only\n  namespace: gc\n", run.Console.OutText, StringComparison.Ordinal);
        Assert.Equal(2, await run.RunAsync("manifests", "rbac", "--dialect", "gascity", "-n", "gc\nkind: x"));
    }
}
