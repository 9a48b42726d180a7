using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Follows one session over one open stream and looks at its screen when it fell quiet. Not safe for several threads.</summary>
internal sealed class PodEye(PodReach reach, PodBook book, TmuxOutputTap tap, TimeProvider time)
{
    private readonly LookSchedule _schedule = new();
    private TmuxSession? _session;

    /// <summary>When the next look is due; null when none is.</summary>
    public DateTimeOffset? NextLook => _schedule.NextDue;

    /// <summary>Reads the session anew.</summary>
    /// <exception cref="TmuxException">It is gone, or the link ended.</exception>
    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var sessions = await TmuxSessionList.ReadAsync(tap.Link, cancellationToken);
        var old = _session;
        _session = sessions.FirstOrDefault(session => session.Name == reach.SessionName)
            ?? throw new TmuxException(TmuxFault.TargetGone, $"tmux on {reach.Address}: there is no session {reach.SessionName}");
        book.SetSession(reach.Uid, PodContact.Streaming, _session, reach.HandleOf);
        NoteOutput(_session.LastActivity);
        if (old is null || old.PaneId != _session.PaneId || old.PanePid != _session.PanePid || old.Dead != _session.Dead)
        {
            _schedule.Ask(reach.Uid, time.GetUtcNow());
        }
    }

    /// <summary>Takes what tmux said on its own.</summary>
    /// <exception cref="TmuxException">The session is gone, or the link ended.</exception>
    public async Task NoteAsync(TmuxNotification notification, CancellationToken cancellationToken)
    {
        tap.Note(notification);
        switch (notification)
        {
            case TmuxNotification.SubscriptionChanged { Name: TmuxActivitySubscription.Name } pushed:
                var now = TmuxActivitySubscription.Parse(pushed.Value).FirstOrDefault(activity => activity.SessionId == _session?.Id);
                if (_session is not { } known || now.PaneId != known.PaneId || now.PanePid != known.PanePid || now.Dead != known.Dead || now.SetUp != known.SetUp)
                {
                    await ListAsync(cancellationToken);
                }
                else
                {
                    NoteOutput(now.LastActivity);
                }

                break;
            case TmuxNotification.SessionsChanged or TmuxNotification.SessionRenamed or TmuxNotification.SessionWindowChanged
                or TmuxNotification.WindowPaneChanged or TmuxNotification.LayoutChanged:
                await ListAsync(cancellationToken);
                break;
        }
    }

    /// <summary>Looks at the screen if that is due.</summary>
    /// <exception cref="TmuxException">The pane is gone, or the link ended.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_session is { } session && _schedule.TakeDue(time.GetUtcNow(), ActivityTrail.QuietAfter).Count > 0)
        {
            var capture = await TmuxPaneReader.CaptureAsync(tap.Link, session.PaneId, historyLines: 0, cancellationToken);
            var mark = reach.HasMarks ? await SessionMarks.ReadAsync(tap.Link, session.Id, cancellationToken) : null;
            var info = reach.Info is { } file ? await file.ReadAsync(cancellationToken) : null;
            var look = new PodLook(AgentScreen.Of(capture.Content.Span, capture.Metadata.HistorySize), capture.Metadata.Command, mark) { Info = info };
            _schedule.Pace(reach.Uid, book.SetLook(reach.Uid, look, _schedule.QuietTime(reach.Uid, time.GetUtcNow())));
            if (info is { IsAtWork: true } && _schedule.NextDue is null)
            {
                _schedule.Ask(reach.Uid, time.GetUtcNow() + LookSchedule.WhileBusy);
            }
        }
    }

    private void NoteOutput(DateTimeOffset lastActivity)
    {
        var isNew = _schedule.QuietTime(reach.Uid, default) is null;
        if (_schedule.Note(reach.Uid, lastActivity, time.GetUtcNow(), ActivityTrail.QuietAfter))
        {
            // The first note is no news: only a look tells what a session does that is seen for the first time.
            book.SetOutput(reach.Uid, lastActivity, isNews: !isNew);
        }
    }
}
