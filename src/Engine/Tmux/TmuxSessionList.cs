using System.Collections.Immutable;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tmux;

/// <summary>Reads all sessions of a server.</summary>
internal static class TmuxSessionList
{
    private const char Separator = '\t';

    /// <summary>
    /// One line a session. Programs choose their name and their directory, so control characters are taken out of these:
    /// a line feed would forge a session. tmux itself escapes them in session names. (A range, because tmux would take the
    /// colons of <c>[[:cntrl:]]</c> for its own.)
    /// </summary>
    public const string Format =
        "#{session_id}\t#{pane_id}\t#{pane_pid}\t#{pane_dead}\t#{pane_dead_status}\t#{pane_dead_signal}\t" + StopMark.Format + "\t#{window_activity}\t#{session_created}\t"
        + "#{pane_width}\t#{pane_height}\t#{history_size}\t#{pane_tty}\t#{session_name}\t"
        + "#{s/[\u0001-\u001f\u007f]/?/:pane_current_command}\t#{s/[\u0001-\u001f\u007f]/?/:pane_current_path}";

    private const int FieldCount = 16;

    /// <summary>The sessions by the order of tmux; empty when there are none.</summary>
    /// <exception cref="TmuxException">The link ended or tmux refused.</exception>
    public static async Task<ImmutableArray<TmuxSession>> ReadAsync(TmuxLink link, CancellationToken cancellationToken)
    {
        var replies = await link.RequireAsync(TmuxCommandLine.Of("list-sessions", "-F", Format), cancellationToken);
        return Parse(replies[0].Text);
    }

    /// <summary>Reads what tmux printed for <see cref="Format"/>; a line that is not of that form is left out.</summary>
    public static ImmutableArray<TmuxSession> Parse(string text)
    {
        var sessions = ImmutableArray.CreateBuilder<TmuxSession>();
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Split(Separator);
            if (fields.Length == FieldCount && fields[0].StartsWith('$') && fields[1].StartsWith('%'))
            {
                sessions.Add(Read(fields));
            }
        }

        return sessions.ToImmutable();
    }

    private static TmuxSession Read(string[] fields) => new()
    {
        Id = fields[0],
        PaneId = fields[1],
        PanePid = TmuxValues.Number(fields[2]),
        Dead = fields[3] == "1",
        DeadStatus = TmuxValues.OptionalNumber(fields[4]),
        DeadSignal = TmuxValues.OptionalNumber(fields[5]),
        StopWasAnnounced = fields[6] == "1",
        LastActivity = TmuxValues.Time(fields[7]) ?? default,
        CreatedAt = TmuxValues.Time(fields[8]) ?? default,
        Size = new Size(TmuxValues.Number(fields[9]), TmuxValues.Number(fields[10])),
        HistorySize = TmuxValues.Number(fields[11]),
        Terminal = PlainText.Sanitize(fields[12]),
        Name = PlainText.Sanitize(fields[13]),
        Command = PlainText.Sanitize(fields[14], 256),
        Path = PlainText.Sanitize(fields[15], 4096),
    };
}
