using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>Asks the machine of a pane about the pane's terminal.</summary>
internal static class TmuxProcesses
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The processes on a pane's terminal as <c>ps</c> prints them, a line each; plain text.</summary>
    /// <exception cref="TmuxException">The pane is gone or the link ended.</exception>
    /// <exception cref="TransportException"><c>ps</c> could not be run.</exception>
    public static async Task<string> ListAsync(ITmuxClient client, ICommandRunner runner, string paneId, CancellationToken cancellationToken)
    {
        var terminal = await TerminalAsync(client, paneId, cancellationToken);
        var ps = new CommandSpec
        {
            Program = "ps",
            Arguments = ["-o", "pid,ppid,stat,etime,args", "-t", terminal.Replace("/dev/", "", StringComparison.Ordinal)],
        };
        var result = await runner.RunAsync(ps, null, Timeout, cancellationToken);

        // ps has exit code 1 and a heading alone when there is no process.
        return string.Join('\n', result.Output.TrimEnd('\n').Split('\n').Select(line => PlainText.Sanitize(line)));
    }

    /// <summary>
    /// Whether the terminal gathers whole lines before the program sees them (canonical mode), which loses what exceeds
    /// 4,095 bytes of a line; null when the machine cannot tell.
    /// </summary>
    /// <exception cref="TmuxException">The pane is gone or the link ended.</exception>
    /// <exception cref="TransportException"><c>stty</c> could not be run.</exception>
    public static async Task<bool?> GathersLinesAsync(ITmuxClient client, ICommandRunner runner, string paneId, CancellationToken cancellationToken)
    {
        var terminal = await TerminalAsync(client, paneId, cancellationToken);
        var stty = new CommandSpec { Program = "sh", Arguments = ["-c", "stty -a < \"$1\"", "sh", terminal] };
        var result = await runner.RunAsync(stty, null, Timeout, cancellationToken);
        return result.ExitCode != 0 || !result.Output.Contains("icanon", StringComparison.Ordinal)
            ? null
            : !result.Output.Contains("-icanon", StringComparison.Ordinal);
    }

    private static async Task<string> TerminalAsync(ITmuxClient client, string paneId, CancellationToken cancellationToken)
    {
        var replies = await client.RequireAsync(TmuxCommandLine.Of("list-panes", "-t", paneId, "-F", "#{pane_id} #{pane_tty}"), cancellationToken);
        var line = replies[0].Text.Split('\n').FirstOrDefault(line => line.StartsWith(paneId + " ", StringComparison.Ordinal));
        return line is { } found
            ? found[(paneId.Length + 1)..]
            : throw new TmuxException(TmuxFault.TargetGone, $"tmux on {client.Address}: pane {paneId} has no terminal");
    }
}
