using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>
/// What the agents of one source of pods are, kept from what the API lists and tells and from what the tmux in each pod says,
/// and written to the store with every change. Does no I/O. Safe to call from any thread.
/// </summary>
internal sealed class PodBook(PodSourceSettings settings, FleetStore store, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PodTrack> _pods = [];
    private readonly Dictionary<AgentId, List<string>> _agents = [];
    private readonly Dictionary<string, (AgentSpec Spec, long Generation)> _declared = [];
    private bool _closed;
    private bool _hasFailed;
    private SourceLink _link = SourceLink.Connecting;
    private string? _error;

    /// <summary>Writes nothing to the store from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>What is known of a pod, or null.</summary>
    public PodTrack? FindPod(string uid)
    {
        lock (_gate)
        {
            return _pods.GetValueOrDefault(uid);
        }
    }

    /// <summary>The pod that stands for an agent, or null.</summary>
    public PodTrack? Find(AgentId agent)
    {
        lock (_gate)
        {
            return PreferredNeedsLock(agent);
        }
    }

    /// <summary>Replaces the declarations.</summary>
    public void Declare(ImmutableArray<AgentSpec> specs)
    {
        lock (_gate)
        {
            var before = _declared.ToDictionary();
            _declared.Clear();
            foreach (var spec in specs)
            {
                var old = before.GetValueOrDefault(spec.Name);
                _declared[spec.Name] = old.Spec == spec ? old : (spec, old.Generation + 1);
            }

            PublishNeedsLock(_agents.Keys, "");
        }
    }

    /// <summary>Notes how well the API can be asked. What is known of pods stays as it is while it does not answer.</summary>
    public void SetLink(SourceLink link, string? error)
    {
        lock (_gate)
        {
            if (!_hasFailed && (_link, _error) != (link, error))
            {
                (_link, _error) = (link, error);
                PublishNeedsLock(_agents.Keys, "");
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

    /// <summary>Notes all pods that there are in one place; those that are not among them are gone.</summary>
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
            }

            foreach (var pod in pods)
            {
                PutNeedsLock(pod);
                touched.Add(pod.Agent);
            }

            PublishNeedsLock(touched, "its pod is gone");
            return [.. gone.Select(track => track.Pod.Uid)];
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
                PublishNeedsLock([track.Agent], track.Request == PhaseRequest.Stop ? "it was stopped on request" : "its pod is gone");
            }
        }
    }

    /// <summary>Notes what tmux said: the session, or that there is none.</summary>
    public void SetSession(string uid, PodContact contact, TmuxSession? session, Func<TmuxSession, IAgentSession> handle) => Change(uid, track =>
    {
        var old = track.Session;
        var isSame = old is not null && session is not null && old.Id == session.Id && old.PaneId == session.PaneId && old.PanePid == session.PanePid;
        return track with
        {
            Contact = contact,
            ContactError = null,
            WasAsked = true,
            Session = session,
            Activity = isSame ? track.Activity : ActivityJudgement.None,
            Handle = session is null ? null : isSame && track.Handle is not null ? track.Handle : handle(session),
        };
    });

    /// <summary>Notes that the tmux of a pod cannot be asked now; what it said stays.</summary>
    public void SetLost(string uid, string error) => Change(uid, track => track with { Contact = PodContact.Lost, ContactError = error });

    /// <summary>Notes that there is no tmux in the container.</summary>
    public void SetNoTmux(string uid, IAgentSession handle) =>
        Change(uid, track => track with { Contact = PodContact.NoTmux, ContactError = null, Session = null, Handle = track.Contact == PodContact.NoTmux ? track.Handle : handle });

    /// <summary>Notes output: the agent is busy.</summary>
    public void SetOutput(string uid, DateTimeOffset lastActivity, bool isNews) => Change(uid, track => track with
    {
        Session = track.Session is { } session ? session with { LastActivity = lastActivity } : null,
        Activity = isNews ? new ActivityJudgement(Activity.Busy, "output") : track.Activity,
    });

    /// <summary>Notes what a look at the screen showed.</summary>
    /// <param name="uid">The pod.</param>
    /// <param name="look">What was seen.</param>
    /// <param name="quiet">How long its window gave no output; null when that is not known.</param>
    public void SetLook(string uid, PodLook look, TimeSpan? quiet)
    {
        var judged = ActivityRules.Judge(quiet, look.Lines, look.Command);
        var activity = judged with { Why = Redactor.Redact(judged.Why) };
        var lastLine = Redactor.Redact(ScreenLines.Telling(look.Lines));
        Change(uid, track => track with
        {
            Session = track.Session is { } session ? session with { Command = look.Command } : null,
            Activity = activity,
            LastLine = lastLine,
            Mark = look.Mark,
        });
    }

    /// <summary>Notes what was asked of an agent.</summary>
    public void SetRequest(AgentId agent, PhaseRequest request)
    {
        if (Find(agent) is { } pod)
        {
            Change(pod.Pod.Uid, track => track with { Request = request });
        }
    }

    private void Change(string uid, Func<PodTrack, PodTrack> change)
    {
        lock (_gate)
        {
            if (_pods.TryGetValue(uid, out var track))
            {
                _pods[uid] = change(track);
                PublishNeedsLock([track.Agent], "");
            }
        }
    }

    private void PutNeedsLock(PodTrack pod)
    {
        var old = _pods.GetValueOrDefault(pod.Pod.Uid);
        // A container that was started again has another tmux, of which nothing is known.
        var isSameRun = old is not null && old.Reading.Restarts == pod.Reading.Restarts && old.Agent == pod.Agent;
        if (old is not null && old.Agent != pod.Agent)
        {
            ForgetNeedsLock(old);
            PublishNeedsLock([old.Agent], "its pod has another name now");
        }

        _pods[pod.Pod.Uid] = isSameRun ? old! with { Pod = pod.Pod, Reading = pod.Reading } : pod with { Request = old?.Request ?? PhaseRequest.None };
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
        }
    }

    // One agent may have two pods for a while: one that ends and one that begins. The newer life counts.
    private PodTrack? PreferredNeedsLock(AgentId agent) => _agents.GetValueOrDefault(agent)?
        .Select(uid => _pods[uid])
        .OrderBy(track => track.Pod.DeletionTimestamp is not null)
        .ThenBy(track => track.Pod.Phase is "Succeeded" or "Failed")
        .ThenByDescending(track => track.Pod.CreatedAt)
        .ThenBy(track => track.Pod.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private void PublishNeedsLock(IEnumerable<AgentId> agents, string goneReason)
    {
        if (_closed)
        {
            return;
        }

        var now = time.GetUtcNow();
        var published = agents.ToList();
        store.Apply(edit =>
        {
            foreach (var agent in published)
            {
                if (PreferredNeedsLock(agent) is { } track)
                {
                    (AgentSpec, long)? declared = _declared.TryGetValue(agent.Name, out var found) ? found : null;
                    edit.Set(PodComposer.Compose(track, settings, _link, declared, edit.Agents.GetValueOrDefault(agent), now));
                }
                else
                {
                    edit.Remove(agent, goneReason);
                }
            }

            SourceStatuses.Set(edit, settings.Spec.Name, "kubernetes", _link, _error, now);
        });

        foreach (var agent in published.Where(agent => _agents.GetValueOrDefault(agent) is { Count: 0 }))
        {
            _agents.Remove(agent);
        }
    }

    /// <summary>The agent of that name in that namespace.</summary>
    public AgentId IdOf(string namespaceName, string name) => new(settings.Spec.Name, settings.SpansNamespaces ? namespaceName : "", name);
}
