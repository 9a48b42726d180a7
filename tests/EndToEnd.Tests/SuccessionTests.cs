using System.Text.Json;
using AgentDeck.Testing;

namespace AgentDeck.EndToEnd.Tests;

/// <summary>Engines that follow one another on one <c>agents.toml</c>.</summary>
public sealed class SuccessionTests
{
    [Fact]
    public async Task When_the_engine_is_killed_the_one_that_looked_keeps_the_agents_and_the_whole_story_can_be_read()
    {
        await using var bench = new Workbench();
        bench.WriteConfiguration("""
            [[agent]]
            name = "clock"
            source = "here"
            restart = "always"
            command = "echo born; while :; do sleep 1; done"
            """);
        await using var first = bench.StartEngine();
        await first.SeeAsync("it starts the agent", document => IsOperation(document, "start"));
        await using var second = bench.StartEngine();
        await second.SeeAsync("it sees the agent run", document => TypeOf(document) == "phase-changed" && document.GetProperty("to").GetString() == "running");

        await first.KillAsync();
        await second.SeeAsync("it takes over", document => TypeOf(document) == "keeper-changed");
        await bench.Agents.RunAsync("kill-session", "-t", "=clock");
        await second.SeeAsync("it starts the agent again", document => IsOperation(document, "start again"));
        await bench.RunAsync("clear", "clock");
        await second.SeeAsync("it heard what a shell did", document => IsOperation(document, "clear scrollback"));
        await second.TerminateAsync();

        var story = (await bench.RunAsync("events", "-o", "json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(
            ["start", "keeper-changed", "start again", "clear scrollback"],
            story.Select(document => TypeOf(document) == "keeper-changed" ? "keeper-changed" : document.GetProperty("operation").GetString()).OfType<string>());
    }

    [Fact]
    public async Task An_engine_without_a_screen_tells_too_and_hands_on_no_secret()
    {
        await using var bench = new Workbench();
        await using var hook = await HookServer.StartAsync();
        var (told, environment) = (Path.Combine(bench.Home, "told"), Path.Combine(bench.Home, "environment"));
        bench.WriteConfiguration($"""
            [[agent]]
            name = "brief"
            source = "here"
            restart = "never"
            command = "env > {environment}; sleep 1; exit 3"
            [notify]
            on = ["failed"]
            command = 'printf "%s %s\n" "$AGENTDECK_EVENT_KIND" "$AGENTDECK_EVENT_AGENT" >> {told}'
            """);
        await using var engine = bench.StartEngine(variables: [("AGENTDECK_NOTIFY_WEBHOOK_URL", $"{hook.Address}/hook"), ("AGENTDECK_NOTIFY_WEBHOOK_KEY", "hidden")]);

        var posted = JsonDocument.Parse((await hook.NextAsync()).Body).RootElement;

        Assert.Equal(("failed", "here/brief"), (posted.GetProperty("kind").GetString(), posted.GetProperty("agent").GetString()));
        await Eventually.HoldsAsync(() => Task.FromResult(File.Exists(told) ? File.ReadAllText(told) : ""), text => text == "failed here/brief\n", "the command ran once");
        Assert.DoesNotContain("AGENTDECK_NOTIFY", await File.ReadAllTextAsync(environment));
        await engine.TerminateAsync();
    }

    private static string? TypeOf(JsonElement document) => document.GetProperty("type").GetString();

    private static bool IsOperation(JsonElement document, string operation) => TypeOf(document) == "operation-finished" && document.GetProperty("operation").GetString() == operation;
}
