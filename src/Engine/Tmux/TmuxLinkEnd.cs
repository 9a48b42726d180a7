namespace AgentDeck.Engine.Tmux;

/// <summary>How a link ended.</summary>
/// <param name="Cause">What ended it.</param>
/// <param name="Reason">tmux's or the transport's words; may be empty.</param>
internal sealed record TmuxLinkEnd(TmuxLinkEndCause Cause, string Reason)
{
    /// <summary>What the transport said when it never reached a tmux; null when it did.</summary>
    public TmuxFault? Fault { get; init; }
}
