using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Tests.Configuration;

public sealed class DetectReaderTests
{
    private static readonly ConfigurationLoader Loader = new(new TomlReader(), new UserDirectories("/home/ann", "/home/ann/.config/agentdeck", "/state"));

    private const string Rule = "[[detect]]\nid = \"mine\"\nstate = \"waiting\"\n";

    [Fact]
    public void Without_rules_of_its_own_a_file_has_the_shipped_ones() =>
        Assert.Same(ShippedRules.Set, Load("[deck]\npanes = 4").Configuration!.Detection);

    [Fact]
    public void Everything_that_can_be_said_of_a_rule_is_read()
    {
        var result = Load("""
            [[detect]]
            id = "mine"
            state = "limited"
            priority = 999
            region = "rows"
            lines = 3
            when = "always"
            text = { all = ["one", "two"], any = "three", none = ["four"] }
            regex = '^\d+$'
            commands = ["newagent", "na"]
            except_commands = "bash"
            """);

        Assert.Empty(result.Problems);
        var rule = result.Configuration!.Detection.Ranked[0];
        Assert.Equal(
            ("mine", "f.toml", Activity.Limited, 999, ScreenRegion.Rows, 3, RuleTime.Always),
            (rule.Id, rule.Origin, rule.Activity, rule.Priority, rule.Region, rule.Lines, rule.When));
        Assert.Equal(
            ["one", "two", "|", "three", "|", "four", "|", "^\\d+$"],
            rule.Text.All.Select(pattern => pattern.Source).Append("|").Concat(rule.Text.Any.Select(pattern => pattern.Source)).Append("|")
                .Concat(rule.Text.None.Select(pattern => pattern.Source)).Append("|").Concat(rule.Regex.All.Select(pattern => pattern.Source)));
        Assert.Equal(["newagent", "na"], rule.Commands.AsEnumerable());
        Assert.Equal(["bash"], rule.ExceptCommands.AsEnumerable());
        Assert.Equal(ShippedRules.Set.Ranked.Length + 1, result.Configuration.Detection.Ranked.Length);
    }

    [Fact]
    public void A_rule_replaces_the_shipped_one_of_its_name_and_one_that_is_not_enabled_removes_it()
    {
        var result = Load("""
            [[detect]]
            id = "question"
            state = "idle"
            text = "really?"
            [[detect]]
            id = "menu"
            enabled = false
            """);

        Assert.Empty(result.Problems);
        var rules = result.Configuration!.Detection.Ranked;
        Assert.Equal(("f.toml", Activity.Idle), (rules.Single(rule => rule.Id == "question").Origin, rules.Single(rule => rule.Id == "question").Activity));
        Assert.DoesNotContain(rules, rule => rule.Id == "menu");
        Assert.Equal(ShippedRules.Set.Ranked.Length - 1, rules.Length);
    }

    [Theory]
    [InlineData("[[detect]]\nstate = \"busy\"\ntext = \"x\"", 1, "[[detect]] has no id: name the rule")]
    [InlineData("[[detect]]\nid = \"a b\"\nstate = \"busy\"\ntext = \"x\"", 2, "leave blanks and control characters out")]
    [InlineData(Rule + "text = \"x\"\n" + Rule + "text = \"y\"", 6, "the rule in line 2 has the same id")]
    [InlineData("[[detect]]\nid = \"mine\"\ntext = \"x\"", 1, "has no state: expected busy, idle, waiting, blocked or limited")]
    [InlineData("[[detect]]\nid = \"mine\"\nstate = \"bussy\"\ntext = \"x\"", 3, "did you mean busy?")]
    [InlineData(Rule, 1, "has neither text nor regex")]
    [InlineData(Rule + "text = 7", 4, "text = 7 in [[detect]]: expected text in quotes, or a table")]
    [InlineData(Rule + "text = { all = [7] }", 4, "all = 7 in text of [[detect]]: expected text in quotes")]
    [InlineData(Rule + "text = { none = [\"x\"] }", 4, "a rule must look for something")]
    [InlineData(Rule + "text = \"\"", 4, "expected 1 to 1000 characters")]
    [InlineData(Rule + "regex = '(x'", 4, "regex = \"(x\" in [[detect]]: it is not a regular expression (InsufficientClosingParentheses, at its character 3)")]
    [InlineData(Rule + "regex = { any = ['x', '[']}", 4, "it is not a regular expression (UnterminatedBracket")]
    [InlineData(Rule + "text = \"x\"\npriority = 1001", 5, "expected 0 to 1000")]
    [InlineData(Rule + "text = \"x\"\nlines = 0", 5, "expected 1 to 200")]
    [InlineData(Rule + "text = \"x\"\nregion = \"row\"", 5, "did you mean rows?")]
    [InlineData(Rule + "text = \"x\"\nwhen = \"now\"", 5, "quiet, output, always")]
    [InlineData(Rule + "text = \"x\"\ncommands = [1]", 5, "expected text in quotes, or an array of texts")]
    public void An_error_says_where_and_what_to_do(string file, int line, string text)
    {
        var result = Load(file);

        Assert.Null(result.Configuration);
        var problem = Assert.Single(result.Problems);
        Assert.Equal((line, false), (problem.Line, problem.IsWarning));
        Assert.Contains(text, problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Rule + "text = \"x\"\nline = 3", 5, "did you mean lines?")]
    [InlineData("[[detect]]\nid = \"menue\"\nenabled = false", 2, "did you mean menu?")]
    [InlineData(Rule + "regex = 'x*'", 4, "matches an empty screen, too")]
    public void A_warning_leaves_the_file_in_use(string file, int line, string text)
    {
        var result = Load(file);

        Assert.NotNull(result.Configuration);
        var problem = Assert.Single(result.Problems);
        Assert.Equal((line, true), (problem.Line, problem.IsWarning));
        Assert.Contains(text, problem.Text, StringComparison.Ordinal);
    }

    private static ConfigurationResult Load(string text) => Loader.Load(Encoding.UTF8.GetBytes(text), "f.toml", "/base");
}
