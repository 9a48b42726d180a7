using System.Text.Json;

namespace AgentDeck.EndToEnd.Tests;

public sealed class HeadlessTests
{
    [Fact]
    public async Task Once_prints_one_look_at_the_fleet_as_json()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("chatter", Agents.Chatter);
        await bench.Agents.StartAsync("quiet", Agents.Quiet);

        var result = await bench.RunAsync("--once", "-o", "json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("agentdeck.snapshot/v1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(["here/chatter", "here/quiet"], json.RootElement.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("id").GetString()).Order());
        Assert.Equal(2, json.RootElement.GetProperty("summary").GetProperty("running").GetInt32());
        Assert.Equal("live", json.RootElement.GetProperty("sources")[0].GetProperty("link").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/certificates/of/the/operator")]
    public async Task A_credential_plugin_gets_the_environment_that_the_operator_gave(string? certificates)
    {
        await using var bench = new Workbench();
        var plugin = Path.Combine(bench.Home, "plugin");
        File.WriteAllText(plugin, $"env | grep SSL_CERT >'{bench.Home}/seen'\nexit 1\n");
        File.WriteAllText(Path.Combine(bench.Home, "kubeconfig"), $$$"""
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:9"} }]
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, args: ["{{{plugin}}}"], interactiveMode: Never} } }]
            contexts: [{name: x, context: {cluster: c, user: u} }]
            current-context: x
            """);
        File.WriteAllText(bench.ConfigurationFile, $"[[source]]\nname = \"gc\"\nkind = \"kubernetes\"\ndialect = \"gascity\"\nkubeconfig = \"{bench.Home}/kubeconfig\"\n");

        await bench.RunWithAsync(certificates is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["SSL_CERT_FILE"] = certificates }, "--once");

        Assert.Equal(certificates is null ? "" : $"SSL_CERT_FILE={certificates}\n", File.ReadAllText(Path.Combine(bench.Home, "seen")));
    }

    [Fact]
    public async Task Once_without_a_server_is_an_empty_fleet()
    {
        await using var bench = new Workbench();

        var json = await bench.RunAsync("--once", "-o", "json");
        var count = await bench.RunAsync("--once", "-o", "count");

        Assert.Equal(0, json.ExitCode);
        Assert.Equal(0, JsonDocument.Parse(json.Output).RootElement.GetProperty("agents").GetArrayLength());
        Assert.Equal("0\n", count.Output);
    }

    [Fact]
    public async Task Once_starts_nothing()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration("""
            [[agent]]
            name = "clock"
            source = "here"
            command = "sleep 1000"
            """);

        var result = await bench.RunAsync("--once", "-o", "json");

        Assert.Equal(0, result.ExitCode);
        var agent = JsonDocument.Parse(result.Output).RootElement.GetProperty("agents")[0];
        Assert.Equal("here/clock", agent.GetProperty("id").GetString());
        Assert.NotEqual("running", agent.GetProperty("phase").GetString());
        Assert.NotEqual(0, (await bench.Agents.TryAsync("list-sessions")).ExitCode);
    }

    [Fact]
    public async Task Once_without_tmux_is_unreachable_and_still_prints_what_it_knows()
    {
        await using var bench = new Workbench();
        var path = Path.Combine(bench.Home, "bin");
        Directory.CreateDirectory(path);

        var result = await bench.RunWithAsync(new Dictionary<string, string> { ["PATH"] = path }, "--once", "-o", "json");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("tmux", result.Error, StringComparison.Ordinal);
        Assert.Equal("unreachable", JsonDocument.Parse(result.Output).RootElement.GetProperty("sources")[0].GetProperty("link").GetString());
    }

    [Fact]
    public async Task Fail_on_exits_with_4_when_an_agent_is_in_that_state()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("asker", "printf 'Apply these changes? [y/N] '; read x");
        await bench.Agents.SeeAsync("asker", "[y/N]");

        // Until the agent has been quiet for a moment it counts as busy.
        await Eventually.HoldsAsync(
            () => bench.RunAsync("--once", "-o", "count", "--fail-on", "waiting"), result => result.ExitCode == 4, "the agent is seen to wait");
        Assert.Equal(0, (await bench.RunAsync("--once", "-o", "count", "--fail-on", "failed")).ExitCode);
    }

    [Fact]
    public async Task A_broken_configuration_lists_every_problem_with_its_place_and_exits_with_2()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration("""
            [[agent]]
            name = 7
            source = "nowhere"
            restart = "sometimes"
            """);

        var result = await bench.RunAsync("--once");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("agents.toml:", result.Error, StringComparison.Ordinal);
        Assert.Contains("nowhere", result.Error, StringComparison.Ordinal);
        Assert.Contains("sometimes", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbs_act_on_one_agent_by_a_unique_part_of_its_name()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("parrot-one", Agents.Parrot);
        await bench.Agents.StartAsync("parrot-two", Agents.Parrot);
        await bench.Agents.SeeAsync("parrot-two", "parrot ready");

        var nudge = await bench.RunAsync("nudge", "two", "from the shell");
        Assert.Equal(0, nudge.ExitCode);
        await bench.Agents.SeeAsync("parrot-two", "heard: <from the shell>");

        var ambiguous = await bench.RunAsync("nudge", "parrot", "who?");
        Assert.Equal(2, ambiguous.ExitCode);
        Assert.Contains("here/parrot-one", ambiguous.Error, StringComparison.Ordinal);

        var peek = await bench.RunAsync("peek", "two");
        Assert.Contains("heard: <from the shell>", peek.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await bench.RunAsync("interrupt", "two")).ExitCode);
        await bench.Agents.SeeAsync("parrot-two", "INTERRUPTED");
    }

    [Fact]
    public async Task Stopping_without_a_terminal_needs_a_yes()
    {
        await using var bench = new Workbench();
        await bench.Agents.StartAsync("quiet", Agents.Quiet);

        var asked = await bench.RunAsync("stop", "quiet");
        Assert.Equal(2, asked.ExitCode);
        Assert.Contains("--yes", asked.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await bench.RunAsync("stop", "quiet", "--yes")).ExitCode);
        Assert.DoesNotContain("quiet", (await bench.Agents.TryAsync("list-sessions")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("attach --help")]
    [InlineData("nudge --help")]
    [InlineData("peek --help")]
    [InlineData("stop --help")]
    [InlineData("events --help")]
    [InlineData("doctor --help")]
    [InlineData("config check --help")]
    [InlineData("completion --help")]
    public async Task Every_verb_explains_itself_with_an_example(string arguments)
    {
        await using var bench = new Workbench();

        var result = await bench.RunAsync(arguments.Split(' '));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("xample", result.Output, StringComparison.Ordinal);
        Assert.Contains("agentdeck", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_scripts_are_printed(string shell)
    {
        await using var bench = new Workbench();

        var result = await bench.RunAsync("completion", shell);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("agentdeck", result.Output, StringComparison.Ordinal);
    }
}
