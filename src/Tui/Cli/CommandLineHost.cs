using System.CommandLine;
using System.CommandLine.Invocation;
using AgentDeck.Engine.Transports;
using AgentDeck.Tui.Terminal.Device;

namespace AgentDeck.Tui.Cli;

/// <summary>Runs one command line from arguments to exit code.</summary>
internal static class CommandLineHost
{
    /// <summary>
    /// Returns the exit code. Wrong usage and expected failures are told on standard error; a closed standard output ends the run
    /// quietly; everything unexpected is thrown to <c>Program</c>.
    /// </summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliServices services, CancellationToken cancellationToken)
    {
        var console = services.Console;
        try
        {
            var code = await InvokeAsync(arguments, services, cancellationToken);
            await console.Out.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (CliException failure)
        {
            await console.Out.FlushAsync(CancellationToken.None);
            await console.Error.WriteLineAsync($"agentdeck: {failure.Message}");
            return failure.Code;
        }
        catch (TransportException failure)
        {
            await console.Out.FlushAsync(CancellationToken.None);
            await console.Error.WriteLineAsync($"agentdeck: {VerbContext.Plain(failure.Message)}");
            return failure.Fault == TransportFault.Gone ? ExitCode.Failure : ExitCode.Unreachable;
        }
        catch (NoTerminalException failure)
        {
            await console.Error.WriteLineAsync($"agentdeck: {failure.Message}");
            return ExitCode.Usage;
        }
        catch (OutputClosedException)
        {
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, CliServices services, CancellationToken cancellationToken)
    {
        var console = services.Console;

        // A text that begins with @ is a text, not the name of a file with more arguments.
        var parsed = AgentDeckCommand.Create(services).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not SynchronousCommandLineAction { ClearsParseErrors: true })
        {
            foreach (var error in parsed.Errors)
            {
                await console.Error.WriteLineAsync($"agentdeck: {VerbContext.Plain(OnOneLine(error.Message))}");
            }

            var verb = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            await console.Error.WriteLineAsync($"Try 'agentdeck{verb} --help'.");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            },
            cancellationToken);
    }

    // The library lists allowed values on lines of their own.
    private static string OnOneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
