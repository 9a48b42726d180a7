using System.Collections.Immutable;

namespace AgentDeck.Engine.Tmux;

/// <summary>A command line that waits for its replies. Used by the owner of the link's order only.</summary>
internal sealed class PendingCommand(int expected)
{
    private readonly ImmutableArray<TmuxReply>.Builder _replies = ImmutableArray.CreateBuilder<TmuxReply>(expected);
    private readonly TaskCompletionSource<ImmutableArray<TmuxReply>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The replies, fewer than commands when one failed.</summary>
    public Task<ImmutableArray<TmuxReply>> Completion => _completion.Task;

    /// <summary>Takes the next reply; true when it was the last one: tmux drops the rest of a line after an error.</summary>
    public bool Add(TmuxReply reply)
    {
        _replies.Add(reply);
        if (_replies.Count < expected && !reply.IsError)
        {
            return false;
        }

        _completion.TrySetResult(_replies.ToImmutable());
        return true;
    }

    /// <summary>Gives up.</summary>
    public void Fail(TmuxException reason) => _completion.TrySetException(reason);
}
