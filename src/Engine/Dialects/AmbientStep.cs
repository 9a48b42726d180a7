namespace AgentDeck.Engine.Dialects;

/// <summary>What a request for a phase comes to.</summary>
internal enum AmbientStep
{
    /// <summary>The platform is asked.</summary>
    Ask,

    /// <summary>What was asked before is taken back; nothing else is needed.</summary>
    Withdraw,

    /// <summary>It is so already, is on its way, or was asked for.</summary>
    Nothing,

    /// <summary>Nothing is known of its phase, so nothing is asked.</summary>
    Unknown,
}
