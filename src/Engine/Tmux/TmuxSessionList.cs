using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Tmux;

/// <summary>Reads all sessions of a server.</summary>
internal static class TmuxSessionList
{
    private const char Separator = '\t';

    /// <summary>
    /// One line a session: the session, its active pane, and the pane that is marked as the agent's where one is. Programs
    /// choose their name and their directory, so control characters are taken out of these: a line feed would forge a
    /// session. tmux itself escapes them in session names. (A range, because tmux would take the colons of
    /// <c>[[:cntrl:]]</c> for its own.)
    /// </summary>
    public const string Format =
        "#{session_id}\t" + StopMark.Format + "\t" + SpecMark.Format + "\t" + NoteMark.Format + "\t" + SetUpMark.Format + "\t#{session_created}\t#{session_name}\t" + Pane + "\t#{W:#{P:#{?" + PaneMark.Format + "," + Pane + ",}}}";

    private const string Pane =
        "#{pane_id}\t#{pane_pid}\t#{pane_dead}\t#{pane_dead_status}\t#{pane_dead_signal}\t#{window_activity}\t"
        + "#{pane_width}\t#{pane_height}\t#{history_size}\t#{pane_tty}\t"
        + "#{s/[\u0001-\u001f\u007f]/?/:pane_current_command}\t#{s/[\u0001-\u001f\u007f]/?/:pane_current_path}";

    private const int SessionFields = 7;

    private const int PaneFields = 12;

    /// <summary>The sessions by the order of tmux; empty when there are none.</summary>
    /// <exception cref="TmuxException">The link ended or tmux refused.</exception>
    public static async Task<ImmutableArray<TmuxSession>> ReadAsync(ITmuxClient client, CancellationToken cancellationToken)
    {
        var replies = await client.RequireAsync(TmuxCommandLine.Of("list-sessions", "-F", Format), cancellationToken);
        return Parse(replies[0].Text);
    }

    /// <summary>Makes sure that there is a session, by a client that does nothing else and can therefore look at any time.</summary>
    /// <exception cref="TmuxException">There is none (<see cref="TmuxFault.NoSessions"/>), no server, or tmux cannot be run.</exception>
    public static async Task RequireAnyAsync(ICommandRunner runner, TmuxAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var result = await runner.RunAsync(address.OneShot(["list-sessions", "-F", "#{session_id}"]), null, TmuxLink.Deadline, cancellationToken);
            if (result.ExitCode == TmuxOneShot.NotFound)
            {
                throw TmuxErrors.NoProgram(address);
            }

            if (result.ExitCode != 0)
            {
                throw TmuxErrors.ToException(result.Error + result.Output, address);
            }

            if (!result.Output.StartsWith('$'))
            {
                throw new TmuxException(TmuxFault.NoSessions, $"tmux on {address}: no sessions");
            }
        }
        catch (TransportException failure)
        {
            throw TmuxErrors.ToException(failure, address);
        }
    }

    /// <summary>Reads what tmux printed for <see cref="Format"/>; a line that is not of that form is left out.</summary>
    public static ImmutableArray<TmuxSession> Parse(string text)
    {
        var sessions = ImmutableArray.CreateBuilder<TmuxSession>();
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Split(Separator);
            if (fields.Length >= SessionFields + PaneFields && fields[0].StartsWith('$'))
            {
                var marked = fields.Length == SessionFields + 2 * PaneFields;
                var pane = fields.AsSpan(marked ? SessionFields + PaneFields : SessionFields, PaneFields);
                if (pane[0].StartsWith('%'))
                {
                    sessions.Add(Read(fields, pane));
                }
            }
        }

        return sessions.ToImmutable();
    }

    private static TmuxSession Read(ReadOnlySpan<string> session, ReadOnlySpan<string> pane) => new()
    {
        Id = session[0],
        StopWasAnnounced = session[1] == "1",
        SpecHash = session[2],
        StartNote = NoteMark.Read(session[3]),
        SetUp = SetUpMark.Read(session[4]),
        CreatedAt = TmuxValues.Time(session[5]) ?? default,
        Name = PlainText.Sanitize(session[6]),
        PaneId = pane[0],
        PanePid = TmuxValues.Number(pane[1]),
        Dead = pane[2] == "1",
        DeadStatus = TmuxValues.OptionalNumber(pane[3]),
        DeadSignal = TmuxValues.OptionalNumber(pane[4]),
        LastActivity = TmuxValues.Time(pane[5]) ?? default,
        Size = new Size(TmuxValues.Number(pane[6]), TmuxValues.Number(pane[7])),
        HistorySize = TmuxValues.Number(pane[8]),
        Terminal = PlainText.Sanitize(pane[9]),
        Command = PlainText.Sanitize(pane[10], 256),
        Path = PlainText.Sanitize(pane[11], 4096),
    };
}
