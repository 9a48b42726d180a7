namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Keeps apart what a tmux server must not do at the same time. tmux knows a client as one of control mode before it can
/// write to it (up to 3.6): a session that starts, ends or is renamed, a client that leaves, a pane that leaves copy mode or
/// a new paste buffer in that moment makes it write all the same, and the server crashes with every session in it. So what
/// attaches a control client and what causes such a notification each take a turn. What others do with the server stays as
/// it is.
/// </summary>
internal interface ITmuxTurns
{
    /// <summary>Waits for the turn, but not for ever: it is a precaution, never a reason to fail.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The turn; disposing ends it. One turn must not be taken within another.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<IDisposable> TakeAsync(CancellationToken cancellationToken);
}
