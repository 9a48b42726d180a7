using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Tmux;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>One look at a pod's session by one command of its own: for pods without a stream, and for a tmux that is too old for one.</summary>
internal static class TmuxSweep
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // What a shell and env say when there is no such program, or none that may be run.
    private const int NotFound = 127;

    /// <summary>Looks.</summary>
    /// <exception cref="TmuxException">There is no session, no tmux, or no way to the pod.</exception>
    public static async Task<(TmuxSession Session, PodLook Look)> LookAsync(PodReach reach, TimeProvider time, CancellationToken cancellationToken)
    {
        // One line about the session first: what follows is the screen, however many rows it has.
        var command = new CommandSpec
        {
            Program = "tmux",
            Arguments =
            [
                "-u", "display-message", "-p", "-t", $"{reach.Target}:", TmuxSessionList.Format, ";", "capture-pane", "-p", "-e", "-t", $"{reach.Target}:",
            ],
        };
        CommandResult result;
        try
        {
            result = await new StreamCommandRunner(reach.Transport, time).RunAsync(command, null, Timeout, cancellationToken);
        }
        catch (TransportException failure)
        {
            throw TmuxErrors.ToException(failure, reach.Address);
        }

        if (result.ExitCode == NotFound)
        {
            throw new TmuxException(TmuxFault.ProgramMissing, "there is no tmux in the container");
        }

        var end = result.Output.IndexOf('\n', StringComparison.Ordinal);
        if (result.ExitCode != 0 || end < 0 || TmuxSessionList.Parse(result.Output[..end]) is not [var session])
        {
            throw TmuxErrors.ToException(result.Error.Length > 0 ? result.Error : result.Output, reach.Address);
        }

        var lines = ScreenLines.Last(System.Text.Encoding.UTF8.GetBytes(result.Output[(end + 1)..]), ActivityRules.LinesNeeded);
        return (session, new PodLook(lines, session.Command, Mark: null));
    }
}
