using System.CommandLine;

namespace AgentDeck.Tui.Cli;

/// <summary>Gives a command its body, which returns an exit code or throws <see cref="CliException"/>.</summary>
internal delegate void VerbRunner(Command command, Func<VerbContext, CancellationToken, Task<int>> body);
