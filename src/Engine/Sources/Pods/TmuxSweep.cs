using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>One look at a pod's session by one command of its own: for pods without a stream, and for a tmux that is too old for one.</summary>
internal static class TmuxSweep
{
    /// <summary>Looks.</summary>
    /// <exception cref="TmuxException">There is no session, no tmux, or no way to the pod.</exception>
    public static async Task<(TmuxSession Session, PodLook Look)> LookAsync(PodReach reach, CancellationToken cancellationToken)
    {
        var line = TmuxCommandLine.Of("display-message", "-p", "-t", $"{reach.Target}:", TmuxSessionList.Format)
            .Then("capture-pane", "-p", "-e", "-t", $"{reach.Target}:");
        var replies = await reach.OneShot().RequireAsync(reach.HasMarks ? line.Then("show-environment", "-t", reach.Target) : line, cancellationToken);
        if (TmuxSessionList.Parse(replies[0].Text) is not [var session])
        {
            throw new TmuxException(TmuxFault.Refused, $"tmux on {reach.Address}: unexpected answer about a session");
        }

        var screen = AgentScreen.Of(replies[1].Body.Span, session.HistorySize);
        return (session, new PodLook(screen, session.Command, reach.HasMarks ? SessionMarks.Parse(replies[2].Text) : null));
    }
}
