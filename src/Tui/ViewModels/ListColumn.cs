namespace AgentDeck.Tui.ViewModels;

/// <summary>A column of the list.</summary>
internal enum ListColumn
{
    /// <summary>The agent's name.</summary>
    Agent,

    /// <summary>Its phase.</summary>
    Phase,

    /// <summary>What it does, or the age of what is shown when its source is lost.</summary>
    Activity,

    /// <summary>How long it has been quiet.</summary>
    Idle,

    /// <summary>How long it runs; before it did, how long its pod is there.</summary>
    Age,

    /// <summary>How often it was started again.</summary>
    Restarts,

    /// <summary>Its source.</summary>
    Source,

    /// <summary>Its pod.</summary>
    Pod,

    /// <summary>The node of its pod.</summary>
    Node,

    /// <summary>The last line on its screen.</summary>
    LastLine,
}
