using System.Runtime.InteropServices;
using AgentDeck.Engine.Kubernetes.Credentials;
using AgentDeck.Engine.Processes;
using AgentDeck.Tui.Cli;

// Before there are other threads.
SystemRoots.KeepFromRuntime();

using var interrupted = new CancellationTokenSource();
var interrupts = 0;
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var console = new SystemCliConsole();
var services = new CliServices(
    console,
    TimeProvider.System,
    new EngineLauncher(TimeProvider.System),
    new LocalCommandRunner(TimeProvider.System),
    PrivateEnvironment.Take(),
    Environment.CurrentDirectory);
#pragma warning disable CA1031 // One of the three boundaries. Whatever held the terminal has given it back on the way here.
try
{
    return await CommandLineHost.RunAsync(args, services, interrupted.Token);
}
catch (Exception unexpected)
{
    CrashReport.Write(unexpected, console, services.Environment);
    return ExitCode.Failure;
}
#pragma warning restore CA1031

// A program that does not end when it is asked is ended by the second signal.
void Stop(PosixSignalContext context)
{
    context.Cancel = Interlocked.Increment(ref interrupts) == 1;
    interrupted.Cancel();
}
