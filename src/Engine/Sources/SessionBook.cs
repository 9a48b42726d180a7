using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Diagnostics;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Store;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// What one tmux server's agents are, declared and discovered together, kept from what was listed, pushed and looked at, and
/// written to the store with every change. Does no I/O. Safe to call from any thread.
/// </summary>
/// <param name="source">The name of the source.</param>
/// <param name="kind">What it is called on screen.</param>
/// <param name="origin">Where values come from, for people.</param>
/// <param name="store">Where agents are shown.</param>
/// <param name="recall">How an engine before this one knew an agent, or null.</param>
/// <param name="detection">The rules by which screens are judged.</param>
/// <param name="time">The clock.</param>
internal sealed class SessionBook(
    string source, string kind, string origin, FleetStore store, Func<AgentId, PhaseJudgement?> recall, DetectionInForce detection, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SessionTrack> _tracks = [];
    private readonly LookSchedule _schedule = new();
    private bool _closed;
    private bool _failed;
    private RuleSet _rules = detection.Rules;
    private ServerView _view = new(SourceLink.Connecting, WasListed: false, ServerGone: false, Error: null, origin);

    /// <summary>When the next look at a screen is due; null when none is.</summary>
    public DateTimeOffset? NextLook
    {
        get
        {
            lock (_gate)
            {
                return _schedule.NextDue;
            }
        }
    }

    /// <summary>Writes nothing to the store from now on: work still under way must not bring back a source that left.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>What is known of the agent of that name, or null.</summary>
    public SessionTrack? Find(string name)
    {
        lock (_gate)
        {
            return _tracks.GetValueOrDefault(name);
        }
    }

    /// <summary>Replaces the declarations. An agent whose declaration went and that has no session is forgotten.</summary>
    public void Declare(ImmutableArray<AgentSpec> specs, string? whyNoStart)
    {
        lock (_gate)
        {
            var declared = specs.ToDictionary(spec => spec.Name);
            foreach (var track in _tracks.Values.Where(track => track.Spec is not null && !declared.ContainsKey(track.Name)).ToList())
            {
                _tracks[track.Name] = track with { Spec = null, SpecHash = null, StartError = null, Generation = 0 };
            }

            foreach (var spec in specs)
            {
                var track = _tracks.GetValueOrDefault(spec.Name) ?? new SessionTrack { Name = spec.Name };
                _tracks[spec.Name] = track.Spec == spec ? track : track with
                {
                    Spec = spec,
                    SpecHash = SpecFingerprint.Of(spec),
                    Generation = track.Generation + 1,
                    StartError = whyNoStart,
                };
            }

            PublishNeedsLock(_tracks.Keys, "its declaration was removed");
        }
    }

    /// <summary>Makes a look at every screen due, if it is judged by other rules from now on.</summary>
    /// <returns>Whether it is.</returns>
    public bool AskAnew()
    {
        lock (_gate)
        {
            if (ReferenceEquals(_rules, detection.Rules))
            {
                return false;
            }

            _rules = detection.Rules;
            foreach (var sessionId in SessionsNeedsLock().Keys)
            {
                _schedule.Ask(sessionId, time.GetUtcNow());
            }

            return true;
        }
    }

    /// <summary>Notes that nobody observes any more: the link stays lost, and what is known of agents stays as it is.</summary>
    public void Fail(string error)
    {
        lock (_gate)
        {
            SetLinkNeedsLock(SourceLink.Unreachable, error);
            _failed = true;
        }
    }

    /// <summary>Notes the state of the link. What is known of agents stays as it is while the source does not answer.</summary>
    public void SetLink(SourceLink link, string? error)
    {
        lock (_gate)
        {
            SetLinkNeedsLock(link, error);
        }
    }

    /// <summary>Notes where values come from, for people; shown with what is learned from now on.</summary>
    public void SetOrigin(string value)
    {
        lock (_gate)
        {
            _view = _view with { Origin = value };
        }
    }

    /// <summary>Notes that no server runs: the source is live and empty.</summary>
    public void SetEmpty()
    {
        lock (_gate)
        {
            if (_failed)
            {
                return;
            }

            _view = _view with { Link = SourceLink.Live, Error = null, WasListed = true, ServerGone = _tracks.Values.Any(track => track.Session is not null) || _view.ServerGone };
            ReplaceNeedsLock([], _ => null, "the tmux server is gone");
        }
    }

    /// <summary>Notes all sessions that there are.</summary>
    /// <param name="sessions">The sessions, one a name.</param>
    /// <param name="handle">Makes the handle of a session that is new or has another pane.</param>
    public void SetSessions(ImmutableArray<TmuxSession> sessions, Func<TmuxSession, IAgentSession> handle)
    {
        lock (_gate)
        {
            if (_failed)
            {
                return;
            }

            _view = _view with { Link = SourceLink.Live, Error = null, WasListed = true, ServerGone = false };
            ReplaceNeedsLock(sessions, handle, "its session ended");
        }
    }

    /// <summary>Notes pushed activity.</summary>
    /// <returns>True when it shows something that only a new list explains.</returns>
    public bool Push(ImmutableArray<TmuxActivity> activities)
    {
        lock (_gate)
        {
            var tracks = SessionsNeedsLock();
            var changed = new List<string>();
            var explained = true;
            foreach (var pushed in activities)
            {
                if (!tracks.TryGetValue(pushed.SessionId, out var track) || track.Session is not { } session
                    || session.PaneId != pushed.PaneId || session.PanePid != pushed.PanePid || session.Dead != pushed.Dead
                    || session.DeadStatus != pushed.DeadStatus || session.DeadSignal != pushed.DeadSignal || session.SetUp != pushed.SetUp)
                {
                    explained = false;
                }
                else if (NoteOutputNeedsLock(track, session with { LastActivity = pushed.LastActivity }))
                {
                    changed.Add(track.Name);
                }
            }

            PublishNeedsLock(changed, "");
            return !explained || activities.Length != tracks.Count;
        }
    }

    /// <summary>Takes the sessions at whose screens somebody must look now.</summary>
    public ImmutableArray<TmuxSession> TakeDueLooks()
    {
        lock (_gate)
        {
            var due = _schedule.TakeDue(time.GetUtcNow(), ActivityTrail.QuietAfter);
            if (due.Count == 0)
            {
                return [];
            }

            var tracks = SessionsNeedsLock();
            return [.. due.Where(tracks.ContainsKey).Select(id => tracks[id].Session!)];
        }
    }

    /// <summary>Makes looks due again that were taken and could not be done.</summary>
    public void ReturnLooks(IEnumerable<TmuxSession> sessions)
    {
        lock (_gate)
        {
            foreach (var session in sessions)
            {
                _schedule.Ask(session.Id, time.GetUtcNow());
            }
        }
    }

    /// <summary>Notes what looks showed. Secrets on a screen are taken out here, before anything of it is kept.</summary>
    public void SetLooks(IEnumerable<SessionLook> looks)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var tracks = SessionsNeedsLock();
            var changed = new List<string>();
            foreach (var look in looks)
            {
                if (tracks.TryGetValue(look.SessionId, out var track))
                {
                    var trail = track.Trail.NoteLook(look.Screen, look.Command, _schedule.QuietTime(look.SessionId, now), detection.Rules, Redactor.Redact, now);
                    _schedule.Pace(look.SessionId, trail.LookAgainAfter);
                    _tracks[track.Name] = track with
                    {
                        Session = track.Session! with { Command = look.Command },
                        Trail = trail,
                        LastLine = Redactor.Redact(look.Screen.Telling),
                    };
                    changed.Add(track.Name);
                }
            }

            PublishNeedsLock(changed, "");
        }
    }

    /// <summary>Notes what was asked of an agent, and how a start failed.</summary>
    public void SetRequest(string name, PhaseRequest request, string? startError)
    {
        lock (_gate)
        {
            if (_tracks.TryGetValue(name, out var track))
            {
                _tracks[name] = track with { Request = request, StartError = startError };
                PublishNeedsLock([name], "");
            }
        }
    }

    private void SetLinkNeedsLock(SourceLink link, string? error)
    {
        if (!_failed)
        {
            _view = _view with { Link = link, Error = error };
            PublishNeedsLock(_tracks.Keys, "");
        }
    }

    private AgentId Id(string name) => new(source, "", name);

    private Dictionary<string, SessionTrack> SessionsNeedsLock() =>
        _tracks.Values.Where(track => track.Session is not null).ToDictionary(track => track.Session!.Id);

    private bool NoteOutputNeedsLock(SessionTrack track, TmuxSession session)
    {
        var isNew = _schedule.QuietTime(session.Id, default) is null;
        if (!_schedule.Note(session.Id, session.LastActivity, time.GetUtcNow(), ActivityTrail.QuietAfter))
        {
            return false;
        }

        // The first note is no news: only a look tells what a session does that is seen for the first time.
        _tracks[track.Name] = track with { Session = session, Trail = isNew ? track.Trail : track.Trail.NoteOutput(time.GetUtcNow()) };
        return true;
    }

    private void ReplaceNeedsLock(ImmutableArray<TmuxSession> sessions, Func<TmuxSession, IAgentSession?> handle, string goneReason)
    {
        var listed = new HashSet<string>();
        foreach (var session in sessions)
        {
            listed.Add(session.Name);
            var track = _tracks.GetValueOrDefault(session.Name) ?? new SessionTrack { Name = session.Name };
            SetSessionNeedsLock(track, session, handle);
        }

        foreach (var track in _tracks.Values.Where(track => track.Session is not null && !listed.Contains(track.Name)).ToList())
        {
            _tracks[track.Name] = track with { Session = null, Handle = null, Trail = ActivityTrail.Unseen };
        }

        // By id, because a session that was renamed is still the same.
        _schedule.KeepOnly(sessions.Select(session => session.Id).ToHashSet());
        PublishNeedsLock(_tracks.Keys, goneReason);
    }

    private void SetSessionNeedsLock(SessionTrack track, TmuxSession session, Func<TmuxSession, IAgentSession?> handle)
    {
        var old = track.Session;
        var isSame = old is not null && old.Id == session.Id && old.PaneId == session.PaneId && old.PanePid == session.PanePid;
        // A stop that was asked for explains the end of that run only, not what comes after it.
        var isNewRun = old is null || old.Id != session.Id || (old.PaneId == session.PaneId && old.PanePid != session.PanePid) || (old.Dead && !session.Dead);
        var request = isNewRun && track.Request == PhaseRequest.Stop ? PhaseRequest.None : track.Request;
        track = track with
        {
            Session = session,
            Handle = isSame && track.Handle is not null ? track.Handle : handle(session),
            Request = request == PhaseRequest.None && session is { Dead: true, StopWasAnnounced: true } ? PhaseRequest.Stop : request,
            Trail = isSame ? track.Trail : ActivityTrail.Unseen,
            // A run that was seen refutes what an earlier start reported.
            StartError = isNewRun || !session.Dead ? null : track.StartError,
        };
        _tracks[track.Name] = track;
        NoteOutputNeedsLock(track, session);
        if (!isSame || old!.Dead != session.Dead)
        {
            _schedule.Ask(session.Id, time.GetUtcNow());
        }
    }

    private void PublishNeedsLock(IEnumerable<string> names, string goneReason)
    {
        if (_closed)
        {
            return;
        }

        var now = time.GetUtcNow();
        var published = names.ToList();
        store.Apply(edit =>
        {
            foreach (var name in published)
            {
                var track = _tracks[name];
                var id = Id(track.Name);
                if (track.Spec is null && track.Session is null)
                {
                    edit.Remove(id, track.Request == PhaseRequest.Stop ? "it was stopped on request" : goneReason);
                }
                else
                {
                    edit.Set(AgentComposer.Compose(id, track, _view, edit.Agents.GetValueOrDefault(id), track.Session is null ? recall(id) : null, now));
                }
            }

            SourceStatuses.Set(edit, source, kind, _view.Link, _view.Error, now);
        });

        foreach (var name in published.Where(name => _tracks[name] is { Spec: null, Session: null }))
        {
            _tracks.Remove(name);
        }
    }
}
