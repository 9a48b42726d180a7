namespace AgentDeck.Engine.Domain;

/// <summary>Another engine keeps what <c>agents.toml</c> declares from now on.</summary>
/// <param name="Seq">The number of the event.</param>
/// <param name="At">When it was observed.</param>
/// <param name="Keeper">The engine, in words, with its process and machine.</param>
public sealed record KeeperChanged(long Seq, DateTimeOffset At, string Keeper) : FleetEvent(Seq, At, null);
