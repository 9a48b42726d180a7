namespace AgentDeck.Engine.Domain;

/// <summary>An agent runs from another declaration than today's. Hashes, from which nothing can be read back.</summary>
/// <param name="StartedFrom">What it was started from, as it is marked where it runs.</param>
/// <param name="Declared">What is declared now.</param>
public sealed record SpecDrift(string StartedFrom, string Declared)
{
    /// <summary>The drift of what is marked with one hash while another is declared; null when they are the same, or one is not known.</summary>
    public static SpecDrift? Between(string? startedFrom, string? declared) =>
        startedFrom is { Length: > 0 } && declared is not null && startedFrom != declared ? new SpecDrift(startedFrom, declared) : null;
}
