namespace AgentDeck.Engine.Domain;

/// <summary>Which key interrupts an agent.</summary>
public static class InterruptKeys
{
    /// <summary>The declared key; else <c>Escape</c> for Claude, whose own hint it is; else <c>C-c</c>. A tmux key name.</summary>
    public static string For(Agent agent) => agent switch
    {
        { Spec.InterruptKey: { Length: > 0 } declared } => declared,
        { Status.Command: "claude" } => "Escape",
        _ => "C-c",
    };
}
