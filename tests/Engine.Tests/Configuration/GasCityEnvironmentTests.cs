using AgentDeck.Engine.Configuration;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class GasCityEnvironmentTests
{
    private static readonly KubernetesSourceSpec FromFile = new("gc", "gascity")
    {
        Context = "file",
        Namespaces = ["file"],
        GasCityPods = new GasCityPodSettings("file:1", "file-sa", "1", "2Gi", "3", "4Gi", Prebaked: true),
    };

    [Fact]
    public void Variables_win_over_the_file()
    {
        var spec = Apply(
            FromFile,
            ("GC_K8S_CONTEXT", "env"), ("GC_K8S_NAMESPACE", "env-ns"), ("GC_K8S_IMAGE", "env:2"), ("GC_K8S_SERVICE_ACCOUNT", "env-sa"), ("GC_K8S_CPU_REQUEST", "5"),
            ("GC_K8S_MEM_REQUEST", "6Gi"), ("GC_K8S_CPU_LIMIT", "7"), ("GC_K8S_MEM_LIMIT", "8Gi"), ("GC_K8S_PREBAKED", "TRUE"));

        Assert.Equal(
            new KubernetesSourceSpec("gc", "gascity")
            {
                Context = "env",
                Namespaces = ["env-ns"],
                GasCityPods = new GasCityPodSettings("env:2", "env-sa", "5", "6Gi", "7", "8Gi", Prebaked: false),
            },
            spec);
    }

    [Fact]
    public void Without_variables_the_file_holds_and_an_empty_one_is_not_set() =>
        Assert.Equal(FromFile, Apply(FromFile, ("GC_K8S_NAMESPACE", ""), ("GC_K8S_PREBAKED", "")));

    [Fact]
    public void Gas_city_has_a_namespace_and_sizes_of_its_own()
    {
        var spec = Apply(new KubernetesSourceSpec("gc", "gascity"));

        Assert.Equal("gc", Assert.Single(spec.Namespaces));
        Assert.Equal(new GasCityPodSettings(null, null, "500m", "1Gi", "2", "4Gi", Prebaked: false), spec.GasCityPods);
    }

    [Fact]
    public void A_named_namespace_is_the_only_one()
    {
        var everywhere = new KubernetesSourceSpec("gc", "gascity") { AllNamespaces = true };

        Assert.True(Apply(everywhere).AllNamespaces);
        Assert.Empty(Apply(everywhere).Namespaces);
        Assert.Equal((false, "one"), (Apply(everywhere, ("GC_K8S_NAMESPACE", "one")).AllNamespaces, Apply(everywhere, ("GC_K8S_NAMESPACE", "one")).Namespaces.Single()));
    }

    [Fact]
    public void Other_dialects_are_left_as_they_are()
    {
        var plain = new KubernetesSourceSpec("p", "plain") { LabelSelector = "a", Container = "c" };

        Assert.Same(plain, Apply(plain, ("GC_K8S_NAMESPACE", "x")));
    }

    private static KubernetesSourceSpec Apply(KubernetesSourceSpec spec, params (string Name, string Value)[] variables) =>
        GasCityEnvironment.Apply(spec, name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
