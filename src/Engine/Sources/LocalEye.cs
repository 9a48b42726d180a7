using System.Collections.Immutable;
using AgentDeck.Engine.Detection;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Tmux;

namespace AgentDeck.Engine.Sources;

/// <summary>Lists the sessions of a server on this machine and looks at their screens.</summary>
/// <param name="source">The source's name.</param>
/// <param name="isOurs">Whether the server is one of our own, in which we may run something.</param>
/// <param name="book">What is told.</param>
/// <param name="reach">The ways to the server.</param>
/// <param name="listing">Lets one list at a time.</param>
/// <param name="time">The clock.</param>
internal sealed class LocalEye(string source, bool isOurs, SessionBook book, ITmuxReach reach, SemaphoreSlim listing, TimeProvider time)
{
    private const int LooksAtOnce = 16;

    private const int CollectTries = 3;

    private ImmutableArray<TmuxSession> _listed = [];
    private (ITmuxClient Client, long Asked, bool WasNews)? _last;
    private long _asked;

    /// <summary>Reads what sessions there are. Whoever asks while one reads is answered by the next reading, with all the others who do.</summary>
    /// <returns>Whether anything about them changed.</returns>
    /// <exception cref="TmuxException">The way to the server ended, or it refused.</exception>
    public async Task<bool> ListAsync(ITmuxClient client, CancellationToken cancellationToken)
    {
        var mine = Interlocked.Increment(ref _asked);
        await listing.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && last.Asked >= mine && ReferenceEquals(last.Client, client))
            {
                return last.WasNews;
            }

            var answers = Interlocked.Read(ref _asked);
            var sessions = await ReadAsync(client, cancellationToken);
            book.SetSessions(sessions, session => new TmuxAgentSession(new AgentId(source, "", session.Name), session, reach, time));
            var isNews = !_listed.SequenceEqual(sessions);
            _listed = sessions;
            _last = (client, answers, isNews);
            return isNews;
        }
        finally
        {
            listing.Release();
        }
    }

    /// <summary>Looks at the screens at which a look is due.</summary>
    /// <exception cref="TmuxException">The way to the server ended, or it refused.</exception>
    public async Task LookAsync(ITmuxClient client, CancellationToken cancellationToken)
    {
        var due = book.TakeDueLooks();
        var done = 0;
        try
        {
            foreach (var some in due.Chunk(LooksAtOnce))
            {
                var looks = await Task.WhenAll(some.Select(session => LookAsync(client, session, cancellationToken)));
                book.SetLooks(looks.OfType<SessionLook>());
                done += some.Length;
            }
        }
        finally
        {
            // The next client does what this one could not.
            book.ReturnLooks(due.Skip(done));
        }
    }

    private async Task<ImmutableArray<TmuxSession>> ReadAsync(ITmuxClient client, CancellationToken cancellationToken)
    {
        var sessions = SessionNames.Distinct(await TmuxSessionList.ReadAsync(client, cancellationToken));
        for (var tries = 0; tries < CollectTries && isOurs && sessions.Any(IsUnexplainedNews); tries++)
        {
            await TmuxServer.CollectExitCodesAsync(reach.Runner, reach.Address, cancellationToken);
            sessions = SessionNames.Distinct(await TmuxSessionList.ReadAsync(client, cancellationToken));
        }

        return sessions;
    }

    // One whose exit code stayed unknown is not asked about again with every list.
    private bool IsUnexplainedNews(TmuxSession session) =>
        session is { Dead: true, DeadStatus: null, DeadSignal: null }
        && !(book.Find(session.Name)?.Session is { Dead: true } known && known.PanePid == session.PanePid);

    private static async Task<SessionLook?> LookAsync(ITmuxClient client, TmuxSession session, CancellationToken cancellationToken)
    {
        try
        {
            // tmux scrolls a pane up by one line to write below it that it is dead.
            var capture = await TmuxPaneReader.CaptureAsync(client, session.PaneId, historyLines: session.Dead ? 1 : 0, cancellationToken);
            return new SessionLook(session.Id, AgentScreen.Of(capture.Content.Span, capture.Metadata.HistorySize), capture.Metadata.Command);
        }
        catch (TmuxException failure) when (failure.Fault == TmuxFault.TargetGone)
        {
            // It ended since it was listed; tmux says so in a notification of its own.
            return null;
        }
    }
}
