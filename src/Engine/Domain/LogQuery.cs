namespace AgentDeck.Engine.Domain;

/// <summary>Which part of the log of an agent's container is wanted.</summary>
/// <param name="Follow">Goes on with what comes, until the container ends.</param>
/// <param name="Previous">The log of the container before its last restart.</param>
/// <param name="Tail">How many of the last lines to begin with; null for all.</param>
public sealed record LogQuery(bool Follow, bool Previous, int? Tail);
