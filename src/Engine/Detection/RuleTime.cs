namespace AgentDeck.Engine.Detection;

/// <summary>When a rule holds.</summary>
internal enum RuleTime
{
    /// <summary>Once the screen stands still: for what could also scroll by.</summary>
    Quiet,

    /// <summary>Only while output comes: for what stays on the screen when the work is done.</summary>
    Output,

    /// <summary>Always, and what it says is certain enough to be shown at once.</summary>
    Always,
}
