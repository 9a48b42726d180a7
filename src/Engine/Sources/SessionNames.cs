using System.Collections.Immutable;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>Makes names of sessions that became equal when they were made plain different again, so that no session hides another.</summary>
internal static class SessionNames
{
    /// <summary>The sessions, each with a name of its own; the first of equal names keeps it.</summary>
    public static ImmutableArray<TmuxSession> Distinct(ImmutableArray<TmuxSession> sessions)
    {
        var names = new HashSet<string>();
        return sessions.All(session => names.Add(session.Name))
            ? sessions
            : [.. sessions.GroupBy(session => session.Name).SelectMany(same => same.Select((session, index) =>
                index == 0 ? session : session with { Name = $"{session.Name} ({session.Id})" }))];
    }
}
