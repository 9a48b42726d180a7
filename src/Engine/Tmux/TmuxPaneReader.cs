using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Panes;

namespace AgentDeck.Engine.Tmux;

/// <summary>Captures a pane with its metadata in one command line, so that both belong to the same instant.</summary>
internal static class TmuxPaneReader
{
    private const int FixedFields = 12;

    // Programs choose the last field and the title: the one stands last on its line, the other is a reply of its own.
    private const string Format =
        "#{pane_id} #{pane_width} #{pane_height} #{cursor_x} #{cursor_y} #{cursor_flag} #{alternate_on} #{pane_in_mode} "
        + "#{history_size} #{pane_dead} #{pane_dead_status} #{window_activity} #{pane_current_command}";

    /// <summary>Captures a pane.</summary>
    /// <param name="client">A client of its server.</param>
    /// <param name="paneId">tmux's id of the pane (<c>%3</c>).</param>
    /// <param name="historyLines">Lines above the screen to include; 0 for the screen alone, negative for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task<TmuxCapture> CaptureAsync(ITmuxClient client, string paneId, int historyLines, CancellationToken cancellationToken)
    {
        var replies = await client.RequireAsync(CommandLine(paneId, historyLines), cancellationToken);
        var capture = Read(replies, client.Address);
        return historyLines == 0 ? await LastScreenAsync(client, capture, cancellationToken) : capture;
    }

    /// <summary>
    /// The screen that an ended program left. tmux scrolls it by one row to write that the pane is dead under it: the row that
    /// went comes back from the history, and tmux's own line is left out. A capture of a living pane is returned as it is.
    /// </summary>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task<TmuxCapture> LastScreenAsync(ITmuxClient client, TmuxCapture capture, CancellationToken cancellationToken)
    {
        if (capture.Metadata is not { Dead: true, AlternateScreen: false, HistorySize: > 0 } pane)
        {
            return capture;
        }

        var lastRow = (pane.Size.Rows - 2).ToString(CultureInfo.InvariantCulture);
        var replies = await client.RequireAsync(
            TmuxCommandLine.Of("capture-pane", "-p", "-e", "-t", pane.PaneId, "-S", "-1", "-E", lastRow), cancellationToken);
        return capture with { Content = replies[0].Body };
    }

    /// <summary>The commands whose three replies <see cref="Read"/> understands.</summary>
    public static TmuxCommandLine CommandLine(string paneId, int historyLines)
    {
        string[] range = historyLines switch
        {
            0 => [],
            < 0 => ["-S", "-"],
            _ => ["-S", (-historyLines).ToString(CultureInfo.InvariantCulture)],
        };
        return TmuxCommandLine.Of("capture-pane", ["-p", "-e", "-t", paneId, .. range])
            .Then("display-message", "-p", "-t", paneId, Format)
            .Then("display-message", "-p", "-t", paneId, "#{pane_title}");
    }

    /// <summary>Reads the last three replies.</summary>
    /// <exception cref="TmuxException">They are not what tmux prints.</exception>
    public static TmuxCapture Read(ImmutableArray<TmuxReply> replies, TmuxAddress address)
    {
        var fields = replies[^2].Text.Split(' ', FixedFields + 1);
        return fields.Length <= FixedFields || !fields[0].StartsWith('%')
            ? throw new TmuxException(TmuxFault.Refused, $"tmux on {address}: unexpected answer about a pane: {PlainText.Sanitize(replies[^2].Text, 100)}")
            : new TmuxCapture(replies[^3].Body, Metadata(fields, replies[^1].Text));
    }

    private static PaneMetadata Metadata(string[] fields, string title) => new()
    {
        PaneId = fields[0],
        Size = new Size(TmuxValues.Number(fields[1]), TmuxValues.Number(fields[2])),
        CursorX = TmuxValues.Number(fields[3]),
        CursorY = TmuxValues.Number(fields[4]),
        CursorVisible = fields[5] == "1",
        AlternateScreen = fields[6] == "1",
        InMode = TmuxValues.Number(fields[7]) > 0,
        HistorySize = TmuxValues.Number(fields[8]),
        Dead = fields[9] == "1",
        DeadStatus = TmuxValues.OptionalNumber(fields[10]),
        WindowActivity = TmuxValues.Time(fields[11]),
        Command = PlainText.Sanitize(fields[12], 256),
        Title = PlainText.Sanitize(title, 256),
    };
}
