using AgentDeck.Engine.Transports;

namespace AgentDeck.Tui.Cli;

/// <summary>What verbs get from outside; tests put their own in.</summary>
/// <param name="Console">Where they read and print.</param>
/// <param name="Time">The clock.</param>
/// <param name="Launcher">Starts engines.</param>
/// <param name="Tools">Runs programs of this machine.</param>
/// <param name="Environment">Looks up an environment variable; null when it is not set.</param>
/// <param name="CurrentDirectory">What relative names are relative to; absolute.</param>
internal sealed record CliServices(
    ICliConsole Console,
    TimeProvider Time,
    IFleetLauncher Launcher,
    ICommandRunner Tools,
    Func<string, string?> Environment,
    string CurrentDirectory);
