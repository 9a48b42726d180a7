using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// What the agents of one source of pods are, kept from what the API lists and tells and from what the tmux in each pod says,
/// and written to the store with every change. Does no I/O. Safe to call from any thread.
/// </summary>
internal sealed class PodBook(PodSourceSettings settings, FleetStore store, TimeProvider time)
{
    private const string SessionGone = "its session is gone";

    private readonly string _gone = $"its {settings.Thing} is gone";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PodTrack> _pods = [];
    private readonly Dictionary<AgentId, List<string>> _agents = [];
    private readonly AmbientBook _sessions = new(settings);
    private readonly StartNotes _starts = new();
    private readonly PodEndings _endings = new();
    private readonly Dictionary<AgentId, string> _untold = [];
    private readonly Dictionary<string, (AgentSpec Spec, long Generation)> _declared = [];
    private bool _closed;
    private bool _hasFailed;
    private SourceLink _link = SourceLink.Connecting;
    private string? _error;
    private DateTimeOffset? _lostAt;

    /// <summary>Writes nothing to the store from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>What is known of a pod, or null.</summary>
    public PodTrack? FindPod(string uid) => Locked(() => _pods.GetValueOrDefault(uid));

    /// <summary>The pod that stands for an agent, or null.</summary>
    public PodTrack? Find(AgentId agent) => Locked(() => PreferredNeedsLock(agent));

    /// <summary>The platform's record of an agent, or null.</summary>
    public AmbientSession? FindSession(AgentId agent) => Locked(() => _sessions.Find(agent));

    /// <summary>Replaces the declarations. One that no agent answers to stands as an agent without a pod.</summary>
    public void Declare(ImmutableArray<AgentSpec> specs)
    {
        lock (_gate)
        {
            var before = _declared.ToDictionary();
            var touched = KnownNeedsLock();
            _declared.Clear();
            foreach (var spec in specs)
            {
                var old = before.GetValueOrDefault(spec.Name);
                _declared[spec.Name] = old.Spec == spec ? old : (spec, old.Generation + 1);
            }

            touched.UnionWith(KnownNeedsLock());
            _endings.KeepOnly(_declared.Keys);
            PublishNeedsLock(touched, "it is no longer declared");
        }
    }

    /// <summary>Notes how well the API can be asked, and tells that at once with what was listed. What is known stays while it does not answer.</summary>
    public void SetLink(SourceLink link, string? error)
    {
        lock (_gate)
        {
            if (!_hasFailed && ((_link, _error) != (link, error) || _untold.Count > 0))
            {
                var touched = (_link, _error) == (link, error) ? [] : KnownNeedsLock();
                (_link, _error) = (link, error);
                _lostAt = link == SourceLink.Live ? null : _lostAt ?? time.GetUtcNow();
                PublishNeedsLock(touched.Union(_untold.Keys), _untold.Values.FirstOrDefault() ?? "");
                _untold.Clear();
            }
        }
    }

    /// <summary>Shows the source as out of reach from now on, whatever else is told.</summary>
    public void Fail(string error)
    {
        lock (_gate)
        {
            SetLink(SourceLink.Unreachable, error);
            _hasFailed = true;
        }
    }

    /// <summary>Notes all pods that there are in one place; those that are not among them are gone. Told with the next <see cref="SetLink"/>.</summary>
    /// <param name="namespaceName">The place, or null for all namespaces.</param>
    /// <param name="pods">The agents' pods there, and what the dialect reads in them.</param>
    /// <returns>The uids of those that went.</returns>
    public ImmutableArray<string> SetPods(string? namespaceName, IReadOnlyCollection<PodTrack> pods)
    {
        lock (_gate)
        {
            var listed = pods.Select(pod => pod.Pod.Uid).ToHashSet();
            var gone = _pods.Values.Where(track => (namespaceName is null || track.Pod.Namespace == namespaceName) && !listed.Contains(track.Pod.Uid)).ToList();
            var touched = new HashSet<AgentId>(gone.Select(track => track.Agent));
            foreach (var track in gone)
            {
                ForgetNeedsLock(track);
                NoteEndNeedsLock(track);
            }

            foreach (var pod in pods)
            {
                PutNeedsLock(pod);
                touched.Add(pod.Agent);
            }

            HoldNeedsLock(touched, _gone);
            return [.. gone.Select(track => track.Pod.Uid)];
        }
    }

    /// <summary>Notes all records of agents that the platform keeps in one place; the others are gone. Told with the next <see cref="SetLink"/>.</summary>
    /// <param name="namespaceName">The place, or null for all namespaces.</param>
    /// <param name="sessions">The records.</param>
    public void SetSessions(string? namespaceName, IReadOnlyCollection<AmbientSession> sessions)
    {
        lock (_gate)
        {
            HoldNeedsLock(_sessions.SetAll(namespaceName, sessions), SessionGone);
        }
    }

    /// <summary>Notes a record that is new, changed or gone.</summary>
    public void SetSession(AmbientSession session, bool isGone)
    {
        lock (_gate)
        {
            PublishNeedsLock([_sessions.Set(session, isGone)], SessionGone);
        }
    }

    /// <summary>Notes what projects say of their agents.</summary>
    public void SetProjects(Func<AmbientBook, HashSet<AgentId>> change)
    {
        lock (_gate)
        {
            var touched = change(_sessions);
            if (_link == SourceLink.Connecting)
            {
                HoldNeedsLock(touched, "");
            }
            else
            {
                PublishNeedsLock(touched, "");
            }
        }
    }

    /// <summary>Notes a pod that is new or changed.</summary>
    public void SetPod(PodTrack pod)
    {
        lock (_gate)
        {
            PutNeedsLock(pod);
            PublishNeedsLock([pod.Agent], "");
        }
    }

    /// <summary>Notes that a pod is gone, by the word of the API.</summary>
    public void RemovePod(string uid)
    {
        lock (_gate)
        {
            if (_pods.TryGetValue(uid, out var track))
            {
                ForgetNeedsLock(track);
                NoteEndNeedsLock(track);
                PublishNeedsLock([track.Agent], track.Request == PhaseRequest.Stop ? "it was stopped on request" : _gone);
            }
        }
    }

    /// <summary>Notes what tmux said: the session, or that there is none.</summary>
    public void SetSession(string uid, PodContact contact, TmuxSession? session, Func<TmuxSession, IAgentSession> handle) =>
        Change(uid, track => track.Asked(contact, session, handle));

    /// <summary>Notes that the tmux of a pod cannot be asked now; what it said stays.</summary>
    public void SetLost(string uid, string error) => Change(uid, track => track.Lost(error, _lostAt ?? time.GetUtcNow()));

    /// <summary>Notes that there is no tmux to ask: none in the container, or none that we may ask. Its log stands for its screen.</summary>
    public void SetLogOnly(string uid, PodContact contact, string? error, IAgentSession handle) => Change(uid, track => track.LogOnly(contact, error, handle));

    /// <summary>Keeps a handle on a pod that is known to have no tmux, unless it has one. Nothing that is shown changes by it.</summary>
    public void SetLogHandle(string uid, Func<IAgentSession> handle)
    {
        lock (_gate)
        {
            if (_pods.TryGetValue(uid, out var track) && track.Handle is null)
            {
                _pods[uid] = track with { Contact = PodContact.NoTmux, Handle = handle() };
            }
        }
    }

    /// <summary>Notes output.</summary>
    public void SetOutput(string uid, DateTimeOffset lastActivity, bool isNews) => Change(uid, track => track with
    {
        Session = track.Session is { } session ? session with { LastActivity = lastActivity } : null,
        Trail = isNews ? track.Trail.NoteOutput(time.GetUtcNow()) : track.Trail,
    });

    /// <summary>Notes what an agent without a session says of itself.</summary>
    public void SetInfo(string uid, ScionAgentInfo? info) => Change(uid, track => track.Info == info ? track : track with { Info = info });

    /// <summary>Notes what a look at the screen showed.</summary>
    /// <param name="uid">The pod.</param>
    /// <param name="look">What was seen.</param>
    /// <param name="quiet">How long its window gave no output; null when that is not known.</param>
    /// <returns>How long to wait before the next look while output goes on.</returns>
    public TimeSpan SetLook(string uid, PodLook look, TimeSpan? quiet)
    {
        var trail = FindPod(uid)?.Trail.NoteLook(look.Screen, look.Command, quiet, settings.Detection.Rules, Redactor.Redact, time.GetUtcNow()) ?? ActivityTrail.Unseen;
        Change(uid, track => track.Looked(look, trail));
        return trail.LookAgainAfter;
    }

    /// <summary>Notes what was asked of an agent.</summary>
    public void SetRequest(AgentId agent, PhaseRequest request)
    {
        lock (_gate)
        {
            if (PreferredNeedsLock(agent) is { } track)
            {
                Change(track.Pod.Uid, known => known with { OwnRequest = request });
            }
            else if (request == PhaseRequest.Stop && _declared.ContainsKey(agent.Name))
            {
                _endings.NoteStop(agent.Name);
                PublishNeedsLock([agent], "");
            }
        }
    }

    /// <summary>Whether somebody wants an agent to end, or wanted it until its pod was gone.</summary>
    public bool IsStopWanted(AgentId agent) =>
        Locked(() => PreferredNeedsLock(agent) is { } track ? track.Request == PhaseRequest.Stop : _endings.Of(agent.Name) is { Phase: AgentPhase.Stopped });

    /// <summary>Notes how the start of an agent goes.</summary>
    public void SetStart(AgentId agent, Func<StartNote, StartNote> change)
    {
        lock (_gate)
        {
            _starts.Change(agent.Name, change);
            PublishNeedsLock(KnownNeedsLock().Where(known => known.Name == agent.Name), "");
        }
    }

    /// <summary>Notes that the start of an agent was broken off; it did not fail.</summary>
    public void BreakOff(AgentId agent)
    {
        lock (_gate)
        {
            _endings.NoteBrokenOff(agent.Name);
            SetStart(agent, note => note with { IsUnderWay = false });
        }
    }

    private T Locked<T>(Func<T> find)
    {
        lock (_gate)
        {
            return find();
        }
    }

    private void Change(string uid, Func<PodTrack, PodTrack> change)
    {
        lock (_gate)
        {
            if (_pods.TryGetValue(uid, out var track))
            {
                _pods[uid] = change(track);
                _starts.Learn(_pods[uid]);
                PublishNeedsLock([track.Agent], "");
            }
        }
    }

    private void PutNeedsLock(PodTrack pod)
    {
        var old = _pods.GetValueOrDefault(pod.Pod.Uid);
        // A container that was started again has another tmux, of which nothing is known.
        var isSameRun = old is not null && old.Run == pod.Run && old.Agent == pod.Agent;
        if (old is not null && old.Agent != pod.Agent)
        {
            ForgetNeedsLock(old);
            PublishNeedsLock([old.Agent], $"its {settings.Thing} has another name now");
        }

        _endings.Remove(pod.Agent.Name);
        _pods[pod.Pod.Uid] = isSameRun ? old! with { Pod = pod.Pod, Reading = pod.Reading } : pod with { OwnRequest = old?.OwnRequest ?? PhaseRequest.None, Recalled = settings.RecallReport(pod.Agent) };
        if (!_agents.TryGetValue(pod.Agent, out var uids))
        {
            _agents[pod.Agent] = uids = [];
        }

        if (!uids.Contains(pod.Pod.Uid))
        {
            uids.Add(pod.Pod.Uid);
        }
    }

    private void ForgetNeedsLock(PodTrack track)
    {
        _pods.Remove(track.Pod.Uid);
        if (_agents.TryGetValue(track.Agent, out var uids))
        {
            uids.Remove(track.Pod.Uid);
            if (uids.Count == 0)
            {
                _agents.Remove(track.Agent);
            }
        }
    }

    private void NoteEndNeedsLock(PodTrack track)
    {
        if (_declared.ContainsKey(track.Agent.Name) && !_agents.ContainsKey(track.Agent))
        {
            _endings.Note(track, settings.Thing, store.Current.Agents.GetValueOrDefault(track.Agent)?.Status);
        }
    }

    private AgentId PlaceholderOf(string name) => new(settings.Spec.Name, "", name);

    // Every agent that is known, and every declaration.
    private HashSet<AgentId> KnownNeedsLock() => [.. _agents.Keys, .. _sessions.Agents, .. _declared.Keys.Select(PlaceholderOf)];

    // A declaration names no namespace. It stands for itself only while no agent has its name.
    private bool StandsForItselfNeedsLock(AgentId agent) =>
        _link != SourceLink.Connecting && agent == PlaceholderOf(agent.Name) && _declared.ContainsKey(agent.Name)
        && !_agents.Keys.Concat(_sessions.Agents).Any(known => known.Name == agent.Name && known != agent);

    // One agent may have two pods for a while: one that ends and one that begins. The newer life counts.
    private PodTrack? PreferredNeedsLock(AgentId agent)
    {
        var tracks = _agents.GetValueOrDefault(agent, []).Select(uid => _pods[uid]);
        return _sessions.Find(agent) is { } session
            ? AmbientJoin.PodOf(session, tracks.Select(track => track.Pod)) is { } pod ? _pods[pod.Uid] : null
            : PodTrack.Preferred(tracks);
    }

    // Told without the word that their place answers, agents would look for a moment as if it did not.
    private void HoldNeedsLock(HashSet<AgentId> agents, string goneReason) => agents.ToList().ForEach(agent => _untold[agent] = goneReason);

    private void PublishNeedsLock(IEnumerable<AgentId> agents, string goneReason)
    {
        if (_closed)
        {
            return;
        }

        var now = time.GetUtcNow();
        var published = agents.ToHashSet();
        published.UnionWith(published.Where(agent => _declared.ContainsKey(agent.Name)).Select(agent => PlaceholderOf(agent.Name)).ToList());
        store.Apply(edit =>
        {
            foreach (var agent in published)
            {
                var track = PreferredNeedsLock(agent);
                var session = _sessions.Find(agent);
                if (track is not null || session is not null || StandsForItselfNeedsLock(agent))
                {
                    (AgentSpec, long)? declared = _declared.TryGetValue(agent.Name, out var found) ? found : null;
                    var view = new AgentView(agent, track, session, declared)
                    {
                        Ending = session is null && track is null ? _endings.Of(agent.Name) ?? PodEndings.Before(settings.RecallPhase(agent), edit.Agents.GetValueOrDefault(agent)?.Status, settings.Thing) : null,
                        Start = _starts.Of(agent.Name),
                        ProjectTimeout = session is null ? null : _sessions.TimeoutIn(session.Namespace),
                    };
                    edit.Set(PodComposer.Compose(view, settings, _link, edit.Agents.GetValueOrDefault(agent), now));
                }
                else
                {
                    edit.Remove(agent, goneReason.Length > 0 ? goneReason : $"its {settings.Thing} appeared");
                }
            }

            SourceStatuses.Set(edit, settings.Spec.Name, SourceRuns.KindOf(settings.Spec), _link, _error, now);
        });
    }
}
