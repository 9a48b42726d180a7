namespace AgentDeck.Engine.Leadership;

/// <summary>A Lease as it was last seen.</summary>
/// <param name="Record">What it said; null when there was none.</param>
/// <param name="Version">Its version.</param>
/// <param name="ChangedAt">When <paramref name="Record"/> was first seen so, by our own steady clock.</param>
internal sealed record LeaseView(LeaseRecord? Record, string Version, TimeSpan ChangedAt);
