using AgentDeck.Engine.Domain;
using AgentDeck.Testing;
using AgentDeck.Tui.Cli;

namespace AgentDeck.Tui.Tests.Cli;

/// <summary>Runs command lines in this process against a fleet that the test decides.</summary>
internal sealed class CliRun
{
    public CliRun(FleetSnapshot? fleet = null, FakeCliConsole? console = null)
    {
        Fleet = new FakeFleet(fleet ?? Fleets.Of([]), Time);
        Console = console ?? new FakeCliConsole();
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeFleet Fleet { get; }

    public FakeCliConsole Console { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public FakeCommandRunner Tools { get; } = new();

    public string Directory { get; init; } = "/nonexistent";

    public Task<int> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        CommandLineHost.RunAsync(arguments, new CliServices(Console, Time, Fleet, Tools, Environment.GetValueOrDefault, Directory), cancellationToken);
}
