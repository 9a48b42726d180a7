using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>The platform's records of agents, and what their projects say of them. Whoever holds it keeps callers apart.</summary>
/// <param name="settings">Names agents.</param>
internal sealed class AmbientBook(PodSourceSettings settings)
{
    private readonly Dictionary<AgentId, AmbientSession> _sessions = [];
    private readonly Dictionary<string, TimeSpan> _timeouts = [];

    /// <summary>The agents that have a record.</summary>
    public IReadOnlyCollection<AgentId> Agents => _sessions.Keys;

    /// <summary>The record of an agent, or null.</summary>
    public AmbientSession? Find(AgentId agent) => _sessions.GetValueOrDefault(agent);

    /// <summary>After how long without activity a project stops its agents; null when it does not say.</summary>
    public TimeSpan? TimeoutIn(string namespaceName) => _timeouts.TryGetValue(namespaceName, out var timeout) ? timeout : null;

    /// <summary>Takes all records of one place, or of all for null, and gives the agents that this may change.</summary>
    public HashSet<AgentId> SetAll(string? namespaceName, IReadOnlyCollection<AmbientSession> sessions)
    {
        var touched = In(namespaceName);
        foreach (var agent in touched)
        {
            _sessions.Remove(agent);
        }

        foreach (var session in sessions)
        {
            touched.Add(Put(session));
        }

        return touched;
    }

    /// <summary>Takes one record that is new, changed or gone, and gives its agent.</summary>
    public AgentId Set(AmbientSession session, bool isGone)
    {
        var agent = IdOf(session);
        if (!isGone)
        {
            Put(session);
        }
        else if (_sessions.GetValueOrDefault(agent)?.Uid == session.Uid)
        {
            _sessions.Remove(agent);
        }

        return agent;
    }

    /// <summary>Takes what all projects of one place, or of all for null, say, and gives the agents that this may change.</summary>
    public HashSet<AgentId> SetAllProjects(string? namespaceName, IReadOnlyCollection<AmbientProject> projects)
    {
        foreach (var known in _timeouts.Keys.Where(known => namespaceName is null || known == namespaceName).ToList())
        {
            _timeouts.Remove(known);
        }

        foreach (var project in projects)
        {
            SetProject(project, isGone: false);
        }

        return In(namespaceName);
    }

    /// <summary>Takes what one project says, and gives the agents that this may change.</summary>
    public HashSet<AgentId> SetProject(AmbientProject project, bool isGone)
    {
        if (!isGone && project.InactivityTimeout is { } timeout)
        {
            _timeouts[project.Namespace] = timeout;
        }
        else
        {
            _timeouts.Remove(project.Namespace);
        }

        return In(project.Namespace);
    }

    private AgentId Put(AmbientSession session)
    {
        var agent = IdOf(session);
        _sessions[agent] = session;
        return agent;
    }

    private HashSet<AgentId> In(string? namespaceName) =>
        [.. _sessions.Where(pair => namespaceName is null || pair.Value.Namespace == namespaceName).Select(pair => pair.Key)];

    private AgentId IdOf(AmbientSession session) => settings.IdOf(session.Namespace, "", session.Name);
}
