namespace AgentDeck.EndToEnd.Tests;

public sealed class RunTests
{
    private const string Clock = """
        [[agent]]
        name = "clock"
        source = "here"
        restart = "on-failure"
        command = "echo born; while :; do sleep 1; done"
        """;

    [Fact]
    public async Task It_starts_what_is_declared_prints_events_answers_and_leaves_the_agents_running()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration(Clock);
        await using var engine = bench.StartEngine();

        await engine.SeeAsync("the agent is started", document => document.GetProperty("type").GetString() == "operation-finished" && document.GetProperty("operation").GetString() == "start");
        await Eventually.HoldsAsync(() => bench.AskAsync(engine, "readyz"), answer => answer == (0, "ready\n"), "it is ready");
        Assert.Equal((0, "ok\n"), await bench.AskAsync(engine, "healthz"));
        var metrics = await bench.AskAsync(engine, "metrics");
        Assert.Contains("agentdeck_agents{phase=\"running\",source=\"here\"} 1\n", metrics.Output, StringComparison.Ordinal);
        Assert.Contains("agentdeck_source_enforced{source=\"here\"} 1\n", metrics.Output, StringComparison.Ordinal);

        await engine.TerminateAsync();

        Assert.Equal(0, engine.ExitCode);
        Assert.Equal(1, (await bench.AskAsync(engine, "healthz")).ExitCode);
        var once = await bench.RunAsync("--once", "-o", "json");
        Assert.Contains("\"phase\": \"running\"", once.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_lines_of_json_beside_the_events_when_asked_for()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration(Clock);
        await using var engine = bench.StartEngine(logs: true);

        var line = await engine.SeeAsync("it logs", document => document.GetProperty("schema").GetString() == "agentdeck.log/v1");

        Assert.Equal("information", line.GetProperty("level").GetString());
        Assert.False(Directory.Exists(Path.Combine(bench.Home, ".local/state/agentdeck")) && File.Exists(Path.Combine(bench.Home, ".local/state/agentdeck/agentdeck.log")));
        await engine.TerminateAsync();
        Assert.Equal(0, engine.ExitCode);
    }

    [Fact]
    public async Task What_others_could_reach_is_refused_without_tls_and_token_and_nothing_is_started()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration(Clock);

        var result = await bench.RunAsync("run", "--listen", "0.0.0.0:9464");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("that needs --tls-cert, --tls-key and a token in AGENTDECK_LISTEN_TOKEN", result.Error, StringComparison.Ordinal);
        Assert.Equal("0\n", (await bench.RunAsync("--once", "--filter", "phase:running", "-o", "count")).Output);
    }
}
