namespace AgentDeck.Engine.Tmux;

/// <summary>
/// One nudge at a time per pane, between all decks that can reach it: two that type at once would hand the agent one text
/// made of both. An option of the pane itself names who types; it is looked at and set by one command, so tmux decides who
/// came first.
/// </summary>
internal sealed class NudgeTurn
{
    /// <summary>How long one holder may keep the others waiting. A nudge takes a few seconds; who needs longer has died.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const string Option = "@agentdeck_nudge";
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly ITmuxClient _client;
    private readonly string _paneId;

    private NudgeTurn(ITmuxClient client, string paneId) => (_client, _paneId) = (client, paneId);

    /// <summary>Waits for the pane's turn and takes it; the caller ends it.</summary>
    /// <exception cref="TmuxException">The pane is gone, the link ended, or the server did not answer in time.</exception>
    public static async Task<NudgeTurn> TakeAsync(ITmuxClient client, string paneId, TimeProvider time, CancellationToken cancellationToken)
    {
        // Decks on different machines may reach one pane, so no process id is unique enough.
        var mine = Guid.NewGuid().ToString("N");
        var (holder, since) = ("", time.GetTimestamp());
        while (true)
        {
            var found = await TryAsync(client, paneId, time.GetElapsedTime(since) >= Patience ? holder : "", mine, cancellationToken);
            if (found == mine)
            {
                return new NudgeTurn(client, paneId);
            }

            if (found != holder)
            {
                (holder, since) = (found, time.GetTimestamp());
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }
    }

    /// <summary>Lets the next one type. Where that fails the pane is gone, or the others wait out their patience.</summary>
    public async Task EndAsync()
    {
        try
        {
            await _client.ExecuteAsync(TmuxCommandLine.Of("set-option", "-p", "-u", "-t", _paneId, Option), CancellationToken.None);
        }
        catch (TmuxException)
        {
            // What happened to the nudge is known already and stays true.
        }
    }

    // Takes the turn from a holder, "" being nobody, and returns who has it then.
    private static async Task<string> TryAsync(ITmuxClient client, string paneId, string from, string mine, CancellationToken cancellationToken)
    {
        const string now = "#{" + Option + "}";
        var replies = await client.RequireAsync(
            TmuxCommandLine.Of("set-option", "-p", "-F", "-t", paneId, Option, $"#{{?#{{==:{now},{from}}},{mine},{now}}}")
                .Then("display-message", "-p", "-t", paneId, now),
            cancellationToken);
        return replies[1].Text;
    }
}
