using System.Collections.Immutable;
using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Configuration.Schema;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class PodDeclarationTests
{
    private const string Sources = """
        [[source]]
        name = "gc"
        kind = "kubernetes"
        dialect = "gascity"
        [[source]]
        name = "amb"
        kind = "kubernetes"
        dialect = "ambient"
        [[source]]
        name = "here"
        kind = "local"

        """;

    private const string Agent = "[[agent]]\nname = \"mayor\"\nsource = \"gc\"\n";

    [Fact]
    public void A_name_is_all_that_an_agent_in_a_pod_needs()
    {
        var (spec, problems) = Read(Agent);

        Assert.Empty(problems);
        Assert.Equal(("", "", new PodDeclaration(), AgentSetup.None), (spec!.Command, spec.Directory, spec.Pod, spec.Setup));
    }

    [Fact]
    public void Everything_that_can_be_said_of_a_pod_is_read()
    {
        var text = Agent + """
            command = "claude"
            dir = "/city/demo"
            image = "agent:2"
            cpu_request = "1"
            memory_request = "2Gi"
            cpu_limit = "1500m"
            memory_limit = "8Gi"
            env = { GC_CITY = "/city", TOKEN = { secret = "git.credentials", key = "token" } }
            labels = { team = "blue", "example.com/role" = "" }
            pre_start = "mkdir -p x"
            session_setup = ["tmux set -g status off", "echo hi"]
            session_setup_script = "setup.sh"
            stage = [{ from = "~/prompts", to = "prompts/" }, { from = "notes.md" }]
            startup_timeout = "1h30m5s"
            """;

        var (spec, problems) = Read(text);

        Assert.Empty(problems);
        Assert.Equal(("claude", "/city/demo", "/city"), (spec!.Command, spec.Directory, spec.Environment["GC_CITY"]));
        var (pod, setup) = (spec.Pod!, spec.Setup);
        Assert.Equal(("agent:2", "1", "2Gi", "1500m", "8Gi"), (pod.Image, pod.CpuRequest, pod.MemoryRequest, pod.CpuLimit, pod.MemoryLimit));
        Assert.Equal(new SecretReference("git.credentials", "token"), Assert.Single(pod.Secrets).Value);
        Assert.Equal(["example.com/role=", "team=blue"], setup.Labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("mkdir -p x", Assert.Single(setup.PreStart));
        Assert.Equal(["tmux set -g status off", "echo hi"], setup.SessionSetup.AsEnumerable());
        Assert.Equal("/base/setup.sh", setup.SessionSetupScript);
        Assert.Equal([new StagedFile("/home/ann/prompts", "prompts/"), new StagedFile("/base/notes.md", "")], setup.Stage.AsEnumerable());
        Assert.Equal(new TimeSpan(1, 30, 5), setup.StartupTimeout);
        Assert.Equal(spec, Read(text).Spec);
        Assert.NotEqual(spec, Read(text.Replace("blue", "red", StringComparison.Ordinal)).Spec);
    }

    [Theory]
    [InlineData("image = \"a b\"", 15, 9, "image = \"a b\" in [[agent]]: expected the name of an image")]
    [InlineData("cpu_limit = \"much\"", 15, 13, "expected a quantity as Kubernetes writes it")]
    [InlineData("dir = \"/tmp\"", 15, 7, "dir = \"/tmp\" in [[agent]]: expected a directory in the pod's /workspace")]
    [InlineData("dir = \"../x\"", 15, 7, "without '..'")]
    [InlineData("env = { \"a b\" = \"c\" }", 15, 9, "'a b' in env cannot be the name of a variable in a pod")]
    [InlineData("env = { A = { secret = \"s\" } }", 15, 13, "A in env has no key: say which of the secret's values")]
    [InlineData("env = { A = { secret = \"S S\", key = \"k\" } }", 15, 24, "secret = \"S S\" in A in env: expected the name of a secret")]
    [InlineData("env = { A = { secret = \"s\", key = \"a/b\" } }", 15, 35, "expected the name of a value in a secret")]
    [InlineData("env = { A = { secret = \"s\", key = \"k\", keys = \"k\" } }", 15, 40, "keys in A in env is unknown and ignored: did you mean key?")]
    [InlineData("env = { A = 5 }", 15, 13, "put it in quotes, or write { secret = \"name\", key = \"key\" }")]
    [InlineData("labels = { app = \"x\" }", 15, 12, "the label app is Gas City's own")]
    [InlineData("labels = { \"a b\" = \"x\" }", 15, 12, "'a b' cannot be the name of a label")]
    [InlineData("labels = { a = \"-x\" }", 15, 16, "with a letter or digit at both ends")]
    [InlineData("pre_start = [\"ok\", 5]", 15, 20, "pre_start = 5 in [[agent]]: expected a shell command in quotes")]
    [InlineData("session_setup = \"\"", 15, 17, "expected a shell command in quotes")]
    [InlineData("stage = [\"x\"]", 15, 10, "expected an array, for example")]
    [InlineData("stage = [{ to = \"x\" }]", 15, 10, "stage in [[agent]] has no from")]
    [InlineData("stage = [{ from = \"a\", to = \"/etc\" }]", 15, 29, "expected a path in the work space: relative, and without '..'")]
    [InlineData("stage = [{ from = \"a\", to = \"b/../../c\" }]", 15, 29, "without '..'")]
    [InlineData("startup_timeout = \"soon\"", 15, 19, "for example \"90s\" or \"5m\"")]
    [InlineData("startup_timeout = \"0s\"", 15, 19, "for example \"90s\" or \"5m\"")]
    [InlineData("imagee = \"x\"", 15, 1, "imagee in [[agent]] is unknown and ignored: did you mean image?")]
    public void A_mistake_is_told_with_its_place_and_remedy(string line, int row, int column, string expected)
    {
        var problem = Assert.Single(Read(Agent + line).Problems);

        Assert.Contains(expected, problem.Text, StringComparison.Ordinal);
        Assert.Equal((row, column), (problem.Line, problem.Column));
    }

    [Theory]
    [InlineData("here", "command = \"x\"\n", "image in [[agent]] is ignored: it says how a pod is made, and none is made in here, only where dialect is \"gascity\"")]
    [InlineData("amb", "", "none is made in amb")]
    public void Where_no_pod_is_made_what_is_said_of_it_is_ignored(string source, string more, string expected)
    {
        var (spec, problems) = Read($"[[agent]]\nname = \"a\"\nsource = \"{source}\"\nimage = \"x\"\n{more}");

        Assert.Contains(expected, Assert.Single(problems).Text, StringComparison.Ordinal);
        Assert.Null(spec!.Pod);
    }

    [Fact]
    public void A_local_agent_says_the_same_of_its_start_and_takes_secrets_from_files()
    {
        var text = """
            [[agent]]
            name = "a"
            source = "here"
            command = "x"
            env = { LANG = "C", TOKEN = { file = "~/token" } }
            labels = { app = "mine" }
            pre_start = "mkdir -p x"
            session_setup = ["tmux set status off"]
            session_setup_script = "setup.sh"
            stage = [{ from = "notes.md" }]
            startup_timeout = "2m"
            """;

        var (spec, problems) = Read(text);

        Assert.Empty(problems);
        Assert.Equal(("LANG", "C"), (Assert.Single(spec!.Environment).Key, spec.Environment["LANG"]));
        Assert.Equal(
            new AgentSetup
            {
                SecretFiles = ImmutableDictionary<string, string>.Empty.Add("TOKEN", "/home/ann/token"),
                Labels = ImmutableDictionary<string, string>.Empty.Add("app", "mine"),
                PreStart = ["mkdir -p x"],
                SessionSetup = ["tmux set status off"],
                SessionSetupScript = "/base/setup.sh",
                Stage = [new StagedFile("/base/notes.md", "")],
                StartupTimeout = TimeSpan.FromMinutes(2),
            },
            spec.Setup);
        Assert.Null(spec.Pod);
        Assert.NotEqual(spec, Read(text.Replace("~/token", "~/other", StringComparison.Ordinal)).Spec);
    }

    [Theory]
    [InlineData("here", "env = { A = { file = 5 } }", "file = 5 in A in env: expected text in quotes")]
    [InlineData("here", "env = { A = { file = \"\" } }", "give the path of a file on this machine that holds the value")]
    [InlineData("here", "env = { A = { file = \"f\", fil = \"f\" } }", "fil in A in env is unknown and ignored: did you mean file?")]
    [InlineData("here", "env = { A = { fil = \"f\" } }", "A in env has no file: give the path")]
    [InlineData("here", "env = { A = 5 }", "put it in quotes, or write { file = \"path\" }")]
    [InlineData("here", "startup_timeout = \"soon\"", "for example \"90s\" or \"5m\"")]
    [InlineData("here", "stage = [{ from = \"a\", to = \"../x\" }]", "without '..'")]
    [InlineData("gc", "env = { A = { file = \"f\" } }", "put it into a secret of the cluster and write { secret = \"name\", key = \"key\" }")]
    [InlineData("amb", "env = { A = { file = \"f\" } }", "the value of A in env is not text: put it in quotes")]
    [InlineData("amb", "pre_start = \"x\"", "pre_start in [[agent]] is ignored: it says how an agent is started, and none is started by us in amb")]
    public void A_mistake_in_what_is_said_of_a_start_is_told_with_its_remedy(string source, string line, string expected)
    {
        var problems = Read($"[[agent]]\nname = \"a\"\nsource = \"{source}\"\ncommand = \"x\"\n{line}\n").Problems;

        Assert.Contains(problems, problem => problem.Text.Contains(expected, StringComparison.Ordinal) && problem.Line == 16);
    }

    [Fact]
    public void A_secret_of_a_cluster_means_nothing_to_a_local_agent()
    {
        var problem = Assert.Single(Read("[[agent]]\nname = \"a\"\nsource = \"here\"\ncommand = \"x\"\nenv = { A = { secret = \"s\", key = \"k\" } }\n").Problems);

        Assert.Contains("only agents whose pods are made here may name a secret", problem.Text, StringComparison.Ordinal);
        Assert.False(problem.IsWarning);
    }

    [Fact]
    public void Nothing_is_copied_into_a_prebaked_image()
    {
        var text = Sources.Replace("dialect = \"gascity\"", "dialect = \"gascity\"\nprebaked = true", StringComparison.Ordinal) + Agent + "stage = [{ from = \"a\" }]";

        Assert.Contains("stage in [[agent]] is ignored", Assert.Single(Load(text).Problems).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("1h1s", 3601)]
    [InlineData("", null)]
    [InlineData("5", null)]
    [InlineData("m", null)]
    [InlineData("5d", null)]
    [InlineData("99999999999s", null)]
    [InlineData("200h", null)]
    public void A_duration_is_written_as_gas_city_writes_it(string text, int? seconds) =>
        Assert.Equal(seconds, (int?)DurationText.Parse(text)?.TotalSeconds);

    private static (AgentSpec? Spec, ConfigurationProblem[] Problems) Read(string agent)
    {
        var result = Load(Sources + agent);
        return (result.Draft!.Agents.FirstOrDefault(), [.. result.Problems]);
    }

    private static ConfigurationResult Load(string text) =>
        new ConfigurationLoader(new TomlReader(), new UserDirectories("/home/ann", "/config", "/state")).Load(Encoding.UTF8.GetBytes(text), "agents.toml", "/base");
}
