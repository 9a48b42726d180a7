using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

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
        var port = FreePort();
        using var engine = Start(bench, port);

        await SeeAsync(engine, document => document.GetProperty("type").GetString() == "operation-finished" && document.GetProperty("operation").GetString() == "start");
        await Eventually.HoldsAsync(() => AskAsync(bench, port, "readyz"), answer => answer == (0, "ready\n"), "it is ready");
        Assert.Equal((0, "ok\n"), await AskAsync(bench, port, "healthz"));
        var metrics = await AskAsync(bench, port, "metrics");
        Assert.Contains("agentdeck_agents{phase=\"running\",source=\"here\"} 1\n", metrics.Output, StringComparison.Ordinal);
        Assert.Contains("agentdeck_source_enforced{source=\"here\"} 1\n", metrics.Output, StringComparison.Ordinal);

        Signal(engine, "TERM");
        await engine.WaitForExitAsync(Soon());

        Assert.Equal(0, engine.ExitCode);
        Assert.Equal(1, (await AskAsync(bench, port, "healthz")).ExitCode);
        var once = await bench.RunAsync("--once", "-o", "json");
        Assert.Contains("\"phase\": \"running\"", once.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_lines_of_json_beside_the_events_when_asked_for()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration(Clock);
        using var engine = Start(bench, FreePort(), logs: true);

        var line = await SeeAsync(engine, document => document.GetProperty("schema").GetString() == "agentdeck.log/v1");

        Assert.Equal("information", line.GetProperty("level").GetString());
        Assert.False(Directory.Exists(Path.Combine(bench.Home, ".local/state/agentdeck")) && File.Exists(Path.Combine(bench.Home, ".local/state/agentdeck/agentdeck.log")));
        Signal(engine, "TERM");
        await engine.WaitForExitAsync(Soon());
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

    private static Process Start(Workbench bench, int port, bool logs = false)
    {
        var start = new ProcessStartInfo(Workbench.Program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = bench.Home };
        foreach (var argument in new[] { "run", "--listen", $"127.0.0.1:{port}" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in bench.Environment)
        {
            start.Environment[name] = value;
        }

        if (logs)
        {
            start.Environment["AGENTDECK_LOG_STDOUT"] = "1";
        }

        var process = Process.Start(start)!;
        // Nobody reads it, and it must not fill up.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    // Every line is a document.
    private static async Task<JsonElement> SeeAsync(Process engine, Func<JsonElement, bool> isExpected)
    {
        while (await engine.StandardOutput.ReadLineAsync(Soon()) is { } line)
        {
            using var document = JsonDocument.Parse(line);
            if (isExpected(document.RootElement))
            {
                return document.RootElement.Clone();
            }
        }

        throw new InvalidOperationException("the engine ended");
    }

    private static async Task<(int ExitCode, string Output)> AskAsync(Workbench bench, int port, string page)
    {
        var result = await bench.RunAsync("run", "--listen", $"127.0.0.1:{port}", "--probe", page);
        return (result.ExitCode, result.Output);
    }

    private static void Signal(Process process, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static CancellationToken Soon() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
