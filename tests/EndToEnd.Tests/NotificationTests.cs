using System.Text.Json;
using AgentDeck.Testing;

namespace AgentDeck.EndToEnd.Tests;

public sealed class NotificationTests
{
    private const string Asker = "printf 'Apply these changes? [y/N] '; read -r answer; sleep 1000";

    [Fact]
    public async Task A_question_rings_shows_on_the_desktop_runs_the_command_and_is_posted()
    {
        await using var bench = new Workbench();
        await using var hook = await HookServer.StartAsync();
        var (told, environment, recorded) = (Path.Combine(bench.Home, "told"), Path.Combine(bench.Home, "environment"), Path.Combine(bench.Home, "terminal"));
        bench.WriteConfiguration($"""
            [[source]]
            name = "own"
            kind = "local"
            socket = "own"
            [[agent]]
            name = "nosy"
            source = "own"
            command = "env > {environment}; echo written; exec sleep 60"
            [notify]
            on = ["needs-input", "gone"]
            bell = true
            desktop = true
            command = 'printf "%s %s\n" "$AGENTDECK_EVENT_KIND" "$AGENTDECK_EVENT_AGENT" >> {told}'
            """);
        await bench.Agents.StartAsync("quiet", Agents.Quiet);
        var deck = await bench.StartDeckAsync(environment: $"AGENTDECK_NOTIFY_WEBHOOK_URL={hook.Address}/hook AGENTDECK_NOTIFY_WEBHOOK_KEY=hidden");
        await deck.SeeAsync("here/quiet", "own/nosy", "written");
        await deck.RecordAsync(recorded);

        await bench.Agents.StartAsync("asker", Asker);

        var request = await hook.NextAsync();
        var posted = JsonDocument.Parse(request.Body).RootElement;
        Assert.Equal(("needs-input", "here/asker", "running"), (posted.GetProperty("kind").GetString(), posted.GetProperty("agent").GetString(), posted.GetProperty("phase").GetString()));
        Assert.StartsWith("sha256=", request.Headers["x-agentdeck-signature"]);
        await Eventually.HoldsAsync(
            () => File.ReadAllTextAsync(recorded),
            bytes => bytes.Contains("\e]9;AgentDeck: here/asker waits for an answer", StringComparison.Ordinal) && bytes.Contains("\e\\\a", StringComparison.Ordinal),
            "the terminal is rung and shows it");
        await Eventually.HoldsAsync(
            () => Task.FromResult(File.Exists(told) ? File.ReadAllText(told) : ""), text => text == "needs-input here/asker\n", "the command ran once");
        Assert.DoesNotContain("AGENTDECK_NOTIFY", await File.ReadAllTextAsync(environment));

        // The next deck finds the question there, which is no news to it; what happens then is.
        await deck.PressAsync("q");
        await deck.SeeAsync("ready>", "keep running");
        await deck.TypeAsync($"clear; AGENTDECK_NOTIFY_WEBHOOK_URL={hook.Address}/hook {Workbench.Program}");
        await deck.PressAsync("Enter");
        await deck.SeeAsync("here/asker", "waiting");
        await bench.Agents.RunAsync("kill-session", "-t", "=asker");
        Assert.Equal("gone", JsonDocument.Parse((await hook.NextAsync()).Body).RootElement.GetProperty("kind").GetString());
        await deck.PressAsync("q");
        await deck.SeeAsync("ready>");
    }
}
