using System.Collections.Immutable;

namespace AgentDeck.Engine.Tmux;

/// <summary>A pane's screen as plain text with the place of its cursor.</summary>
/// <param name="Rows">The rows without trailing blanks.</param>
/// <param name="CursorX">0-based cursor column.</param>
/// <param name="CursorY">0-based cursor row.</param>
/// <param name="IsDead">Whether the pane's program ended.</param>
internal sealed record PlainScreen(ImmutableArray<string> Rows, int CursorX, int CursorY, bool IsDead)
{
    /// <summary>Reads a pane's screen.</summary>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task<PlainScreen> ReadAsync(ITmuxClient client, string paneId, CancellationToken cancellationToken)
    {
        var replies = await client.RequireAsync(
            TmuxCommandLine.Of("capture-pane", "-p", "-t", paneId)
                .Then("display-message", "-p", "-t", paneId, "#{cursor_x} #{cursor_y} #{pane_dead}"),
            cancellationToken);
        var fields = replies[1].Text.Split(' ');
        return new PlainScreen(
            [.. replies[0].Text.Split('\n').Select(row => row.TrimEnd())],
            fields.Length > 0 ? TmuxValues.Number(fields[0]) : 0,
            fields.Length > 1 ? TmuxValues.Number(fields[1]) : 0,
            fields.Length > 2 && fields[2] == "1");
    }

    /// <summary>Whether another screen shows the same rows and cursor.</summary>
    public bool Shows(PlainScreen other) => HasCursorOf(other) && Rows.SequenceEqual(other.Rows);

    /// <summary>Whether the cursor stands where another screen has it.</summary>
    public bool HasCursorOf(PlainScreen other) => CursorX == other.CursorX && CursorY == other.CursorY;
}
