namespace AgentDeck.Engine.Sources.Pods;

/// <summary>How urgent it is to ask a pod; the most urgent first.</summary>
internal enum ExecRank
{
    /// <summary>Somebody looks at it.</summary>
    OnScreen,

    /// <summary>Nothing is known of its tmux yet.</summary>
    NeverAsked,

    /// <summary>It was asked before.</summary>
    Again,
}
