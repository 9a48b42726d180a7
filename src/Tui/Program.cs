using System.Runtime.InteropServices;
using AgentDeck.Engine.Processes;
using AgentDeck.Tui.Cli;

using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var console = new SystemCliConsole();
var services = new CliServices(
    console,
    TimeProvider.System,
    new EngineLauncher(TimeProvider.System),
    new LocalCommandRunner(TimeProvider.System),
    Environment.GetEnvironmentVariable,
    Environment.CurrentDirectory);
#pragma warning disable CA1031 // One of the three boundaries: what nobody expected ends here, told in one line, with the terminal restored.
try
{
    return await CommandLineHost.RunAsync(args, services, interrupted.Token);
}
catch (Exception unexpected)
{
    console.Error.WriteLine($"agentdeck: internal error: {VerbContext.Plain(unexpected.Message)} ({unexpected.GetType().Name})");
    return ExitCode.Failure;
}
#pragma warning restore CA1031

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    interrupted.Cancel();
}
