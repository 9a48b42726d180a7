namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>What a container says of its agent's session.</summary>
internal enum SessionWord
{
    /// <summary>There is none, and no sign that there ever was.</summary>
    None,

    /// <summary>It is there, and what has to follow its start was not finished by us.</summary>
    Alive,

    /// <summary>It is there, and everything was done.</summary>
    Ready,

    /// <summary>It was there and is not any more.</summary>
    Ended,
}
