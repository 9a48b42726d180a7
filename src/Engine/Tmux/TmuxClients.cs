using System.Collections.Immutable;

namespace AgentDeck.Engine.Tmux;

/// <summary>What every client of tmux can do by its one member.</summary>
internal static class TmuxClients
{
    /// <summary>Has a line of commands done, where a refusal of tmux is an exception.</summary>
    /// <exception cref="TmuxException">A command failed, the way to the server ended, or it did not answer in time.</exception>
    public static async Task<ImmutableArray<TmuxReply>> RequireAsync(this ITmuxClient client, TmuxCommandLine line, CancellationToken cancellationToken)
    {
        var replies = await client.ExecuteAsync(line, cancellationToken);
        return replies[^1].IsError ? throw TmuxErrors.ToException(replies[^1].Text, client.Address) : replies;
    }
}
