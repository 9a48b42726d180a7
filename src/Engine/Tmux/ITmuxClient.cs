using System.Collections.Immutable;

namespace AgentDeck.Engine.Tmux;

/// <summary>Gives commands to one tmux server and takes its replies, whatever the way to it. Safe to call from any thread.</summary>
internal interface ITmuxClient
{
    /// <summary>The server.</summary>
    TmuxAddress Address { get; }

    /// <summary>
    /// Has a line of commands done and waits for their replies, in order; the last one is an error when a command failed, and
    /// those after it were not done.
    /// </summary>
    /// <exception cref="TmuxException">The way to the server ended, or it did not answer in time: the commands may or may not have been done.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up waiting; a line that was sent may be done all the same.</exception>
    Task<ImmutableArray<TmuxReply>> ExecuteAsync(TmuxCommandLine line, CancellationToken cancellationToken);
}
