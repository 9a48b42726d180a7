namespace AgentDeck.Engine.Domain;

/// <summary>What we may not do in a source, each with the reason for people; null where we may.</summary>
/// <param name="Exec">Why no command may be run beside its agents: no screen, no keys, no attach.</param>
/// <param name="Delete">Why none may be stopped.</param>
/// <param name="Log">Why no log may be read.</param>
public sealed record AccessLimits(string? Exec, string? Delete, string? Log)
{
    /// <summary>Nothing is forbidden.</summary>
    public static readonly AccessLimits None = new(null, null, null);

    /// <summary>Why nothing may be started there.</summary>
    public string? Start { get; init; }
}
