using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Configuration.Schema;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class KubernetesSourceKindTests
{
    private const string GasCity = "dialect = \"gascity\"\n";
    private const string Plain = "dialect = \"plain\"\nlabel_selector = \"app=x\"\ncontainer = \"c\"\n";

    [Fact]
    public void A_dialect_is_all_that_a_source_needs()
    {
        var (spec, problems) = Read("dialect = \"scion\"");

        Assert.Empty(problems);
        Assert.Equal(new KubernetesSourceSpec("k", "scion"), spec);
        Assert.Equal((256, false, true), (spec!.MaxStreams, spec.AllNamespaces, spec.Namespaces.IsEmpty));
        Assert.Null(spec.GasCityPods);
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var (spec, problems) = Read(GasCity + """
            context = "prod"
            kubeconfig = "~/kube/prod"
            namespace = ["gc", "gc-2", "gc"]
            label_selector = "app in (a, b)"
            container = "c"
            session = ""
            max_streams = 16
            image = "agent:1"
            service_account = "sa"
            cpu_request = "1"
            memory_request = "2Gi"
            cpu_limit = "1500m"
            memory_limit = "8Gi"
            prebaked = true
            """);

        Assert.Empty(problems);
        Assert.Equal(
            new KubernetesSourceSpec("k", "gascity")
            {
                Context = "prod",
                Kubeconfig = "/home/ann/kube/prod",
                Namespaces = ["gc", "gc-2"],
                LabelSelector = "app in (a, b)",
                Container = "c",
                Session = "",
                MaxStreams = 16,
                GasCityPods = new GasCityPodSettings("agent:1", "sa", "1", "2Gi", "1500m", "8Gi", true),
            },
            spec);
    }

    [Theory]
    [InlineData("namespace = \"gc\"", false, "gc")]
    [InlineData("namespace = [\"a\", \"b\"]", false, "a,b")]
    [InlineData("namespace = \"*\"", true, "")]
    [InlineData("all_namespaces = true", true, "")]
    [InlineData("all_namespaces = false", false, "")]
    public void A_source_watches_one_several_or_all_namespaces(string line, bool all, string names)
    {
        var (spec, problems) = Read(Plain + line);

        Assert.Empty(problems);
        Assert.Equal((all, names), (spec!.AllNamespaces, string.Join(',', spec.Namespaces)));
    }

    [Theory]
    [InlineData("", "[[source]] has no dialect: say how the pods are marked: expected one of gascity, scion, ambient, oddjobs, plain")]
    [InlineData("dialect = \"gas-city\"", "dialect = \"gas-city\" in [[source]]: did you mean gascity? (known: gascity, scion, ambient, oddjobs, plain)")]
    [InlineData(Plain + "namespace = \"*\"\nall_namespaces = true", "leave one of the two out")]
    [InlineData(Plain + "namespace = []", "namespace = an array in [[source]]: expected the name of a namespace, an array of names, or \"*\"; leave it out for the context's own")]
    [InlineData(Plain + "namespace = [\"a\", \"*\"]", "\"*\" for every namespace stands alone")]
    [InlineData(Plain + "namespace = [\"a\", 5]", "namespace = 5 in [[source]]: expected the name of a namespace")]
    [InlineData(Plain + "namespace = \"A_b\"", "namespace = \"A_b\" in [[source]]: expected the name of a namespace")]
    [InlineData(Plain + "namespace = true", "namespace = true in [[source]]: expected the name of a namespace")]
    [InlineData(Plain + "session = \"a:b\"", "session = \"a:b\" in [[source]]: expected the name of a tmux session")]
    [InlineData(Plain + "context = \"\"", "context = \"\" in [[source]]: expected the name of a context")]
    [InlineData(Plain + "kubeconfig = \"\"", "kubeconfig = \"\" in [[source]]: expected the path of a kubeconfig file")]
    [InlineData(Plain + "max_streams = -1", "max_streams = -1 in [[source]]: expected 0 to 4096")]
    [InlineData(Plain + "image = \"x\"", "warning: image in [[source]] is unknown and ignored")]
    [InlineData(GasCity + "cpu_limit = \"many\"", "cpu_limit = \"many\" in [[source]]: expected a quantity")]
    [InlineData(GasCity + "container = \"C\"", "container = \"C\" in [[source]]: expected the name of a container")]
    [InlineData("dialect = \"plain\"\ncontainer = \"c\"", "[[source]] has no label_selector, and the dialect plain has none of its own: say which pods")]
    [InlineData("dialect = \"plain\"\nlabel_selector = \"a\"", "[[source]] has no container, and the dialect plain has none of its own: say which of their containers is the agent")]
    [InlineData("dialect = \"plain\"\nlabel_selector = \" \"\ncontainer = \"c\"", "label_selector = \" \" in [[source]]: expected labels as for kubectl get -l")]
    public void A_mistake_is_told_with_its_remedy(string file, string text) =>
        Assert.Contains(text, Assert.Single(Read(file).Problems), StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var (spec, problems) = Read("dialect = \"plan\"\nnamespace = \"A\"\ncontext = 5\ncontainer = \"\"\nmax_streams = \"x\"\nsesion = \"main\"");

        Assert.Null(spec);
        Assert.Equal(6, problems.Length);
    }

    private static (KubernetesSourceSpec? Spec, string[] Problems) Read(string file)
    {
        var problems = new ConfigurationProblems("f.toml");
        var section = new TomlSection(new TomlReader().Read(Encoding.UTF8.GetBytes(file)), "[[source]]", problems);
        var directories = new UserDirectories("/home/ann", "/home/ann/.config/agentdeck", "/state");
        var spec = new KubernetesSourceKind().Read("k", section, path => directories.Resolve(path, "/base"));
        return ((KubernetesSourceSpec?)spec, [.. problems.ToImmutable().Select(problem => problem.ToString())]);
    }
}
