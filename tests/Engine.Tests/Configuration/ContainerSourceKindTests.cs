using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Configuration.Schema;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class ContainerSourceKindTests
{
    private const string Plain = "dialect = \"plain\"\nnames = \"agent-*\"\n";

    [Fact]
    public void A_dialect_is_all_that_a_source_needs()
    {
        var (spec, problems) = Read("dialect = \"scion\"");

        Assert.Empty(problems);
        Assert.Equal(new ContainerSourceSpec("c", "scion"), spec);
        Assert.Equal("docker", Assert.Single(spec!.Program));
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var (spec, problems) = Read("""
            dialect = "plain"
            runtime = "podman"
            program = ["sudo", "podman"]
            label_selector = "app=agent,team"
            names = "agent-*"
            session = "main"
            user = "ann"
            max_streams = 16
            """);

        Assert.Empty(problems);
        Assert.Equal(
            new ContainerSourceSpec("c", "plain")
            {
                Runtime = ContainerRuntime.Podman,
                Program = ["sudo", "podman"],
                LabelSelector = "app=agent,team",
                Names = "agent-*",
                Session = "main",
                User = "ann",
                MaxStreams = 16,
            },
            spec);
    }

    [Theory]
    [InlineData("runtime = \"podman\"", "podman")]
    [InlineData("program = \"/opt/docker\"", "/opt/docker")]
    public void The_program_is_the_runtime_s_own_unless_the_file_names_one(string line, string program)
    {
        var (spec, problems) = Read(Plain + line);

        Assert.Empty(problems);
        Assert.Equal(program, Assert.Single(spec!.Program));
    }

    [Theory]
    [InlineData("", "[[source]] has no dialect: say how the containers are marked: expected one of gascity, scion, plain")]
    [InlineData("dialect = \"ambient\"", "dialect = \"ambient\" in [[source]]: expected one of gascity, scion, plain")]
    [InlineData("dialect = \"plain\"", "[[source]] has neither label_selector nor names, and the dialect plain has none of its own: say which containers")]
    [InlineData(Plain + "runtime = \"dokcer\"", "runtime = \"dokcer\" in [[source]]: did you mean docker? (known: docker, podman)")]
    [InlineData(Plain + "program = []", "program in [[source]]: expected the program to run, or an array")]
    [InlineData(Plain + "program = [\"docker\", 5]", "program in [[source]]: expected the program to run, or an array")]
    [InlineData(Plain + "program = \"\"", "program in [[source]]: expected the program to run, or an array")]
    [InlineData(Plain + "label_selector = \"app in (a)\"", "label_selector = \"app in (a)\" in [[source]]: expected labels with commas between them")]
    [InlineData(Plain + "label_selector = \"a,,b\"", "label_selector = \"a,,b\" in [[source]]: expected labels with commas between them")]
    [InlineData(Plain + "user = \"-u root\"", "user = \"-u root\" in [[source]]: expected the name of a user")]
    [InlineData(Plain + "session = \"a:b\"", "session = \"a:b\" in [[source]]: expected the name of a tmux session")]
    [InlineData(Plain + "namespace = \"x\"", "warning: namespace in [[source]] is unknown and ignored")]
    public void A_mistake_is_told_with_its_remedy(string file, string text) =>
        Assert.Contains(text, Assert.Single(Read(file).Problems), StringComparison.Ordinal);

    [Fact]
    public void What_stands_in_the_program_is_never_quoted() =>
        Assert.DoesNotContain("s3cret", Assert.Single(Read(Plain + "program = [\"docker\", \"s3cret\", 1]").Problems), StringComparison.Ordinal);

    private static (ContainerSourceSpec? Spec, string[] Problems) Read(string file)
    {
        var problems = new ConfigurationProblems("f.toml");
        var section = new TomlSection(new TomlReader().Read(Encoding.UTF8.GetBytes(file)), "[[source]]", problems);
        var spec = new ContainerSourceKind().Read("c", section, path => path);
        return ((ContainerSourceSpec?)spec, [.. problems.ToImmutable().Select(problem => problem.ToString())]);
    }
}
