using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Sources;

/// <summary>Writes the state of a source's link.</summary>
internal static class SourceStatuses
{
    /// <summary>Notes the link. While it is live the time of the last answer is now and stands nowhere; it is written when the link changes.</summary>
    public static void Set(FleetEdit edit, string source, string kind, SourceLink link, string? error, DateTimeOffset now)
    {
        var before = edit.Sources.FirstOrDefault(status => status.Name == source) ?? new SourceStatus(source, kind, SourceLink.Connecting, null, null);
        var lastSeen = before.Link == SourceLink.Live != (link == SourceLink.Live) ? now : before.LastSeen;
        edit.SetSource(before with { Link = link, LastSeen = lastSeen, Error = error });
    }
}
