using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;
using AgentDeck.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class ConfigurationLoaderTests
{
    private static readonly ConfigurationLoader Loader = new(new TomlReader(), new UserDirectories("/home/ann", "/home/ann/.config/agentdeck", "/state"));

    private const string Source = "[[source]]\nname = \"here\"\nkind = \"local\"\n";
    private const string Agent = Source + "[[agent]]\nname = \"a\"\ncommand = \"x\"\n";

    [Fact]
    public void Shipped_file_has_no_problems_and_three_agents()
    {
        var result = ConfigurationFile.Load(Loader, "agents.toml", Repository.Root);

        Assert.Empty(result.Problems);
        Assert.Equal<SourceSpec>([new LocalSourceSpec("here", "agentdeck")], result.Configuration!.Sources);
        Assert.Equal(["painter", "builder", "idler"], result.Configuration.Agents.Select(agent => agent.Name));
        Assert.Equal(Repository.Root, result.Configuration.Agents[0].Directory.TrimEnd('/'));
        Assert.Equal(2, result.Configuration.Nudges.Length);
        Assert.Equal(new DeckSettings(), result.Configuration.Deck);
    }

    [Fact]
    public void Everything_that_can_be_said_is_read()
    {
        var result = Load("""
            [deck]
            theme = "ocean"
            panes = 6
            detach_key = "ctrl+q"
            read_only = true
            mouse = false
            [[source]]
            name = "mine"
            kind = "local"
            socket = "default"
            [[source]]
            name = "here"
            kind = "local"
            [[agent]]
            name = "clock"
            source = "here"
            command = "date"
            dir = "~/work"
            env = { LANG = "C.UTF-8" }
            desired = "stopped"
            restart = "always"
            interrupt = "Escape"
            [[nudge]]
            title = "go"
            text = "Go on."
            [keys]
            nudge = ["n", "ctrl+n"]
            quit = ""
            """);

        Assert.Empty(result.Problems);
        var configuration = result.Configuration!;
        Assert.Equal(new DeckSettings { Theme = "ocean", Panes = 6, DetachKey = "ctrl+q", ReadOnly = true, Mouse = false }, configuration.Deck);
        Assert.Equal<SourceSpec>([new LocalSourceSpec("mine", "default"), new LocalSourceSpec("here", "agentdeck")], configuration.Sources);
        var agent = Assert.Single(configuration.Agents);
        Assert.Equal(("clock", "here", "date", "/home/ann/work", DesiredState.Stopped, RestartPolicy.Always, "Escape"),
            (agent.Name, agent.Source, agent.Command, agent.Directory, agent.Desired, agent.Restart, agent.InterruptKey));
        Assert.Equal("C.UTF-8", agent.Environment["LANG"]);
        Assert.Equal<NudgeTemplate>([new NudgeTemplate("go", "Go on.")], configuration.Nudges);
        Assert.Equal<KeyBindingSpec>([new KeyBindingSpec("nudge", "n", 27, 10), new KeyBindingSpec("nudge", "ctrl+n", 27, 15), new KeyBindingSpec("quit", "", 28, 8)], configuration.Keys);
    }

    [Theory]
    [InlineData("", "", ApplyPolicy.Restart)]
    [InlineData("", "apply = \"auto\"", ApplyPolicy.Auto)]
    [InlineData("apply = \"auto\"", "", ApplyPolicy.Auto)]
    [InlineData("apply = \"auto\"", "apply = \"restart\"", ApplyPolicy.Restart)]
    public void When_changes_are_applied_is_said_by_the_agent_or_else_by_its_source(string source, string agent, ApplyPolicy expected)
    {
        var result = Load($"{Source}{source}\n[[agent]]\nname = \"a\"\ncommand = \"x\"\n{agent}");

        Assert.Empty(result.Problems);
        Assert.Equal(expected, Assert.Single(result.Configuration!.Agents).Apply);
    }

    [Fact]
    public void All_problems_are_reported_at_once_in_the_order_of_the_file()
    {
        var result = Load("""
            [deck]
            panes = 3
            theem = "x"
            mouse = "yes"
            [[agent]]
            name = "a:b"
            source = "hre"
            command = 7
            restart = "on_failure"
            [[source]]
            name = "here"
            kind = "locl"
            [colours]
            """);

        Assert.Null(result.Configuration);
        Assert.Equal(
            [
                "f.toml:2:9: error: panes = 3 in [deck]: expected 1, 2, 4, 6 or 9",
                "f.toml:3:1: warning: theem in [deck] is unknown and ignored: did you mean theme? (known: theme, panes, detach_key, read_only, mouse)",
                "f.toml:4:9: error: mouse = \"yes\" in [deck]: expected true or false, without quotes",
                "f.toml:6:8: error: name = \"a:b\" in [[agent]]: the name is also that of the tmux session, which cannot contain ':', '.', '\\', '$' or characters that do not print; use '-' instead",
                "f.toml:7:10: error: source = \"hre\" in [[agent]]: did you mean here? (known: here)",
                "f.toml:8:11: error: command = 7 in [[agent]]: expected text in quotes",
                "f.toml:9:11: error: restart = \"on_failure\" in [[agent]]: did you mean on-failure? (known: never, on-failure, always)",
                "f.toml:12:8: error: kind = \"locl\" in [[source]]: did you mean local? (known: local, container, kubernetes)",
                "f.toml:13:2: warning: colours in this file is unknown and ignored: expected one of deck, source, agent, keys, nudge, detect, notify",
            ],
            result.Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData(Source + Source, 5, "the source in line 2 has the same name")]
    [InlineData(Agent + "[[agent]]\nname = \"a\"\ncommand = \"x\"", 8, "the agent in line 5 has the same name")]
    [InlineData("[deck]\ndetach_key = \"f1\"", 2, "expected ctrl+ and one character")]
    [InlineData("[deck]\ndetach_key = \"ctrl+i\"", 2, "the agent needs this key itself")]
    [InlineData("[source]\nname = \"here\"", 1, "write each source under a heading [[source]], with two brackets")]
    [InlineData("deck = 1", 1, "write a heading [deck]")]
    [InlineData(Agent + "env = { A = 1 }", 7, "the value of A in env is not text: put it in quotes")]
    [InlineData("[[agent]]\nname = \"a\"\ncommand = \"x\"", 1, "declare one first")]
    [InlineData("[[source]]\nname = \"here\"\nkind = \"local\"\nsocket = \"default\"\n[[agent]]\nname = \"a\"\ncommand = \"x\"\nsource = \"here\"", 8, "it is your own tmux server, in which nothing is started")]
    [InlineData("[[source]]\nname = \"here\"\nkind = \"local\"\n[[agent]]\nname = \"a\"\ncommand = \"x\\u0000y\"", 6, "command = \"x\uFFFDy\" in [[agent]]: it contains a NUL (\\u0000), which no command line can hold: remove it")]
    [InlineData(Agent + "dir = \"/srv\\u0000x\"", 7, "dir = \"/srv\uFFFDx\" in [[agent]]: expected the path of a directory, without a NUL (\\u0000)")]
    [InlineData(Agent + "env = { A = \"x\\u0000y\" }", 7, "the value of A in env contains a NUL, which no variable can hold: remove it")]
    [InlineData(Agent + "apply = \"now\"", 7, "apply = \"now\" in [[agent]]: expected one of restart, auto")]
    [InlineData("[[source]]\nname = \"here\"\nkind = \"local\"\napply = \"autoo\"", 4, "apply = \"autoo\" in [[source]]: did you mean auto?")]
    [InlineData("[keys]\nnudge = 1", 2, "expected a key such as")]
    [InlineData("[[source]]\nname = \"here\"\nkind = \"local\"\n[[agent]]\nname = \"a$b\"\ncommand = \"x\"", 5, "cannot contain")]
    [InlineData("[[source]]\nname = \"here\"\nkind = \"local\"\n[[agent]]\nname = \"a\\u200bb\"\ncommand = \"x\"", 5, "characters that do not print")]
    [InlineData("[deck]\npanes = = 4", 2, "expected a value, found '='")]
    public void Error_says_where_and_what_to_do(string file, int line, string text)
    {
        var result = Load(file);

        Assert.Null(result.Configuration);
        var problem = Assert.Single(result.Problems);
        Assert.False(problem.IsWarning);
        Assert.Equal(line, problem.Line);
        Assert.Contains(text, problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Value_of_a_variable_never_stands_in_a_problem()
    {
        var result = Load(Agent + "env = { A = 123456, B = \"sec\\u0000ret\" }");

        Assert.Equal(2, result.Problems.Length);
        Assert.DoesNotContain(result.Problems, problem => problem.Text.Contains("123456", StringComparison.Ordinal) || problem.Text.Contains("ret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"\\u001b]0;x\" = 1\n\"\\u001b]0;x\" = 2")]
    [InlineData("[deck]\n\"\\u001b]0;x\" = 1")]
    [InlineData("[deck]\ntheme = [\"\\u001b\"]\ndetach_key = \"\\u001b\"")]
    [InlineData("[[source]]\nname = \"\\u001b\"\nkind = \"local\"\n[[agent]]\nname = \"a\"\nsource = \"x\"\ncommand = \"x\"")]
    public void What_a_problem_quotes_is_safe_to_print(string file)
    {
        var problems = Load(file).Problems;

        Assert.NotEmpty(problems);
        Assert.DoesNotContain(problems, problem => problem.ToString().Any(char.IsControl));
    }

    [Fact]
    public void No_file_makes_the_loader_throw()
    {
        var line = Gen.Elements("[deck]", "[[source]]", "[[agent]]", "[keys]", "[[nudge]]", "name = \"a\"", "kind = \"local\"", "source = 1", "panes = \"x\"",
            "env = { }", "env = 1", "dir = \"\\u0000\"", "nudge = [1]", "text = {}", "command = ['']", "deck = []", "agent = [1]", "kind = \"container\"");

        Prop.ForAll(Gen.ArrayOf(line).Select(lines => string.Join('\n', lines)).ToArbitrary(), file =>
        {
            var result = Load(file);
            return result.Configuration is null == result.Problems.Any(problem => !problem.IsWarning);
        }).QuickCheckThrowOnFailure();
    }

    private static ConfigurationResult Load(string file) => Loader.Load(Encoding.UTF8.GetBytes(file), "f.toml", "/work");
}
