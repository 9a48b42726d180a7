namespace AgentDeck.Engine.Domain;

/// <summary>What an agent wrote of itself, for the engines after this one.</summary>
/// <param name="Content">The file as it was, but for its secrets. Not plain: nothing of it may be shown as it stands.</param>
/// <param name="From">Of which life it is, and when it was read.</param>
internal sealed record AgentReport(string Content, ReportOrigin From)
{
    /// <summary>Whether it tells of this life.</summary>
    public bool IsOf(string uid, string run) => (From.Uid, From.Run) == (uid, run);
}
