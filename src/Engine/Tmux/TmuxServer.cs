using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>Starts, ends and restarts sessions of a server of our own. Never used on an operator's server.</summary>
internal static class TmuxServer
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CollectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Starts a session, and the server with an empty configuration when there is none. The pane is kept when its command
    /// ends, however soon: the option is set before the server can notice an end.
    /// </summary>
    /// <returns>The ids of the session and of its pane.</returns>
    /// <exception cref="TmuxException">tmux refused (<see cref="TmuxFault.DuplicateSession"/> when it runs already) or cannot be run.</exception>
    public static async Task<(string SessionId, string PaneId)> StartAsync(
        ICommandRunner runner, TmuxAddress address, TmuxSessionStart start, CancellationToken cancellationToken)
    {
        // The lines go through standard input: arguments would show secrets to everybody who runs ps. The directory is the
        // client's own, because tmux expands formats in -c.
        var lines = TmuxCommandLine.Of("set-option", "-s", "default-terminal", "screen-256color") + "\n"
            + TmuxCommandLine.Of(
                "new-session",
                [
                    "-d", "-P", "-F", "#{session_id} #{pane_id}", "-s", TmuxQuoting.EscapeFormat(start.Name),
                    "-x", start.Size.Columns.ToString(CultureInfo.InvariantCulture), "-y", start.Size.Rows.ToString(CultureInfo.InvariantCulture),
                    .. Environment(start), "--", "sh", "-c", start.Command,
                ]).Then("set-option", "-w", "remain-on-exit", "on").Then(PaneMark.Set()).Then(SpecMark.Set(null, start.SpecHash)).Then(NoteMark.Set(null, start.Note)).Then(SetUpMark.Set(null, !start.IsToBeSetUp)) + "\n";
        using var turn = await address.Turns.TakeAsync(cancellationToken);
        try
        {
            var result = await runner.RunAsync(address.StartingClient() with { Directory = start.Directory }, lines, Timeout, cancellationToken);
            var ids = result.Output.Trim().Split(' ');
            return result.ExitCode == 0 && ids is [['$', ..], ['%', ..]]
                ? (ids[0], ids[1])
                : throw TmuxErrors.ToException(result.Error + result.Output, address);
        }
        catch (TransportException failure)
        {
            throw TmuxErrors.ToException(failure, address);
        }
    }

    /// <summary>
    /// Runs the command anew in a pane whose program ended, never over one that runs, and takes the mark of an announced stop
    /// away, all in one go; the session keeps its id.
    /// </summary>
    /// <exception cref="TmuxException">
    /// A program runs there already (<see cref="TmuxFault.StillActive"/>), the pane is gone, the link ended, or the server did not answer in time.
    /// </exception>
    public static Task RespawnAsync(ITmuxClient client, string sessionId, string paneId, TmuxSessionStart start, CancellationToken cancellationToken) =>
        client.RequireAsync(
            StopMark.Clear(sessionId).Then(
                "respawn-pane",
                ["-t", paneId, "-c", TmuxQuoting.EscapeFormat(start.Directory), .. Environment(start), "--", "sh", "-c", start.Command])
                .Then(SpecMark.Set(sessionId, start.SpecHash)).Then(NoteMark.Set(sessionId, start.Note)).Then(SetUpMark.Set(sessionId, !start.IsToBeSetUp)),
            cancellationToken);

    /// <summary>Kills a session and what runs in it; one that is gone already is no error.</summary>
    /// <exception cref="TmuxException">The link ended or tmux refused.</exception>
    public static async Task KillSessionAsync(ITmuxClient client, string sessionId, CancellationToken cancellationToken)
    {
        using var turn = await client.Address.Turns.TakeAsync(cancellationToken);
        try
        {
            await client.RequireAsync(TmuxCommandLine.Of("kill-session", "-t", sessionId), cancellationToken);
        }
        catch (TmuxException failure) when (failure.Fault == TmuxFault.TargetGone)
        {
            // Somebody was faster: it is as it should be.
        }
    }

    /// <summary>
    /// Makes the server collect the exit codes of ended programs. tmux 3.3a at times misses the signal that a program ended:
    /// the pane is dead, but without an exit code. The next process that ends sets that right: this starts one and returns
    /// when the server saw its end. By a client of its own, because a link would wait with everything else on it.
    /// </summary>
    public static async Task CollectExitCodesAsync(ICommandRunner runner, TmuxAddress address, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(address.OneShot(["run-shell", "true"]), null, CollectTimeout, cancellationToken);
        }
        catch (TransportException)
        {
            // Missed again, or the server is going: the next list shows what there is.
        }
    }

    private static ImmutableArray<string> Environment(TmuxSessionStart start) =>
        [.. start.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal).SelectMany(variable => new[] { "-e", $"{variable.Key}={variable.Value}" })];
}
