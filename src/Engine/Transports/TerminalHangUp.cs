namespace AgentDeck.Engine.Transports;

/// <summary>Ends a command in a container as the end of its terminal would: it is found by a mark in its environment.</summary>
internal static class TerminalHangUp
{
    private const string Variable = "AGENTDECK_TERMINAL";

    // What exec started has no parent in the container. What it started itself has the mark too, and is its own matter.
    // A shell ends by SIGHUP alone; su takes and passes on nothing but SIGTERM.
    private const string Script = """
        for p in /proc/[0-9]*; do
          grep -qs "^PPid:[[:space:]]*0$" "$p/status" && grep -qs "$1" "$p/environ" && kill -HUP "${p#/proc/}" && kill -TERM "${p#/proc/}"
        done
        exit 0
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The command with a mark in its environment.</summary>
    public static CommandSpec Marked(CommandSpec command, string mark) => command with
    {
        Program = "env",
        Arguments = [$"{Variable}={mark}", command.Program, .. command.Arguments],
    };

    /// <summary>Hangs up what has the mark.</summary>
    /// <returns>False when the container could not be asked.</returns>
    public static async Task<bool> TryAsync(IAgentTransport exec, string mark, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        try
        {
            var command = new CommandSpec { Program = "sh", Arguments = ["-c", Script, "sh", $"{Variable}={mark}"] };
            await using var stream = await exec.OpenAsync(command, deadline.Token);
            return await stream.ExitCode.WaitAsync(deadline.Token) == 0;
        }
        catch (Exception failure) when (failure is TransportException or OperationCanceledException)
        {
            return false;
        }
    }
}
