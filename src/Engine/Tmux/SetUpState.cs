namespace AgentDeck.Engine.Tmux;

/// <summary>What a session says of what had to follow its start, see <see cref="SetUpMark"/>.</summary>
internal enum SetUpState
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Something is to follow, and was not done to its end.</summary>
    Pending,

    /// <summary>Everything was done.</summary>
    Done,
}
