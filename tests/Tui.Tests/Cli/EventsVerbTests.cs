using AgentDeck.Engine.Domain;
using AgentDeck.Testing;

namespace AgentDeck.Tui.Tests.Cli;

/// <summary>With a journal on the real disk.</summary>
public sealed class EventsVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentdeck-events").FullName;
    private readonly CliRun _run;

    public EventsVerbTests()
    {
        File.WriteAllText(Path.Combine(_folder, "agents.toml"), "[[source]]\nname = \"gc\"\nkind = \"local\"\nsocket = \"none\"\n");
        _run = new CliRun(Fleets.Of([Fleets.Agent("gc/mayor")])) { Directory = _folder };
        _run.Environment["HOME"] = _folder;
        _run.Environment["XDG_STATE_HOME"] = _folder;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_written_down_is_printed_and_nobody_is_asked()
    {
        await WriteAsync(
            new PhaseChanged(0, Fleets.Now, Id("mayor"), AgentPhase.Running, AgentPhase.Failed, "Exit"),
            new OperationFinished(0, Fleets.Now.AddDays(-2), Id("coder"), "eve", "restart", OperationOutcome.Succeeded, "restarted"));

        Assert.Equal(0, await _run.RunAsync("events"));

        Assert.Equal("2026-11-19 14:00:00  gc/coder restart by eve: restarted\n14:00:00  gc/mayor went from running to failed (Exit)\n", _run.Console.OutText);
        Assert.Null(_run.Fleet.Configuration);
    }

    [Fact]
    public async Task Of_one_agent_and_as_json()
    {
        await WriteAsync(
            new PhaseChanged(0, Fleets.Now, Id("mayor"), AgentPhase.Running, AgentPhase.Failed, "Exit"),
            new OperationFinished(0, Fleets.Now, Id("coder"), "eve", "restart", OperationOutcome.Succeeded, "restarted"));

        Assert.Equal(0, await _run.RunAsync("events", "coder", "-o", "json"));

        var line = Assert.Single(_run.Console.OutText.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("\"operator\":\"eve\"", line, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"succeeded\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_was_written_down_it_looks_itself()
    {
        Assert.Equal(0, await _run.RunAsync("events"));

        Assert.Contains("gc/mayor appeared, running\n", _run.Console.OutText, StringComparison.Ordinal);
    }

    private static AgentId Id(string name) => new("gc", "", name);

    private Task WriteAsync(params FleetEvent[] events)
    {
        var file = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Path.Combine(_folder, "agents.toml"))))[..16];
        return Journals.WriteAsync(Path.Combine(_folder, "agentdeck", "journal", file), events);
    }
}
