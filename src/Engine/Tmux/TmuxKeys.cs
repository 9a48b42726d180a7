using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Tmux;

/// <summary>
/// Presses keys and pastes into a pane. Each call is one command line, so nothing of another client comes between its
/// parts, and each leaves copy mode first, where keys would go to tmux instead of the program.
/// </summary>
internal static class TmuxKeys
{
    // A line is done in one go, so one name serves all: the buffer is gone before anybody else can use it.
    private const string Buffer = "agentdeck";

    /// <summary>Presses keys in order.</summary>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task SendAsync(ITmuxClient client, string paneId, ImmutableArray<AgentKey> keys, CancellationToken cancellationToken)
    {
        var line = LeaveMode(paneId);
        foreach (var key in keys)
        {
            line = key.IsLiteral
                ? line.Then("send-keys", "-t", paneId, "-l", "--", key.Value)
                : line.Then("send-keys", "-t", paneId, "--", key.Value);
        }

        using var turn = await client.Address.Turns.TakeAsync(cancellationToken);
        await client.RequireAsync(line, cancellationToken);
    }

    /// <summary>Pastes a text, bracketed when the program asked for that; does not submit it.</summary>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task PasteAsync(ITmuxClient client, string paneId, string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
        {
            return;
        }

        using var turn = await client.Address.Turns.TakeAsync(cancellationToken);

        // Leaving the mode also finds out whether the pane exists, before there is a buffer to clean up.
        await client.RequireAsync(
            LeaveMode(paneId)
                .Then("set-buffer", "-b", Buffer, "--", text)
                .Then("paste-buffer", "-p", "-r", "-d", "-b", Buffer, "-t", paneId),
            cancellationToken);
    }

    /// <summary>Drops the pane's scrollback.</summary>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task<OperationResult> ClearHistoryAsync(ITmuxClient client, string paneId, CancellationToken cancellationToken)
    {
        var replies = await client.RequireAsync(
            TmuxCommandLine.Of("display-message", "-p", "-t", paneId, "#{history_size}").Then("clear-history", "-t", paneId),
            cancellationToken);
        var lines = TmuxValues.Number(replies[0].Text);
        return lines == 0
            ? new OperationResult(OperationOutcome.Refused, "nothing to clear")
            : new OperationResult(
                OperationOutcome.Succeeded, string.Create(CultureInfo.InvariantCulture, $"cleared {lines} {(lines == 1 ? "line" : "lines")} of scrollback"));
    }

    private static TmuxCommandLine LeaveMode(string paneId) => TmuxCommandLine.Of("copy-mode", "-q", "-t", paneId);
}
