namespace AgentDeck.Engine.Leadership;

/// <summary>What an elector knows.</summary>
/// <param name="Holder">Who held the Lease when it was last read; null when it was not, empty when nobody did. Foreign text.</param>
/// <param name="Failure">Why it could not be read or written the last time, as a sentence; null when it could.</param>
internal sealed record LeaseStanding(string? Holder, string? Failure)
{
    /// <summary>Nothing yet.</summary>
    public static readonly LeaseStanding Unknown = new(null, null);
}
