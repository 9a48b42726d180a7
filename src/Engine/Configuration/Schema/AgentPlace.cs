namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Where an agent is started, which decides from where its variables may take their values.</summary>
internal enum AgentPlace
{
    /// <summary>On this machine, so from its files.</summary>
    Here,

    /// <summary>In a pod that is made for it, so from secrets of its cluster.</summary>
    Pod,

    /// <summary>By another system.</summary>
    Elsewhere,
}
