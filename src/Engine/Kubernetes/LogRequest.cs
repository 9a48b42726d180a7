namespace AgentDeck.Engine.Kubernetes;

/// <summary>Which part of a container's log is wanted.</summary>
/// <param name="Follow">Goes on with what comes, until the container ends.</param>
/// <param name="Previous">The log of the container before its last restart.</param>
/// <param name="TailLines">How many of the last lines to begin with; null for all.</param>
/// <param name="Timestamps">Begins each line with its RFC 3339 time.</param>
internal sealed record LogRequest(bool Follow, bool Previous, int? TailLines, bool Timestamps = false)
{
    /// <summary>Begins with what was written then, to the second; null for the beginning.</summary>
    public DateTimeOffset? Since { get; init; }
}
