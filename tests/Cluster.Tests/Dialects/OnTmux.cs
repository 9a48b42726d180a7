using AgentDeck.Engine.Domain;

namespace AgentDeck.Cluster.Tests.Dialects;

/// <summary>What every dialect with tmux must be able to do.</summary>
internal static class OnTmux
{
    /// <summary>Nudges, interrupts, clears and attaches to an agent whose pane runs a shell that nobody used yet.</summary>
    public static async Task TakesEverythingAsync(ClusterDeck deck, string agent, string user)
    {
        Assert.Equal("delivered", (await deck.DoAsync(agent, new SessionCommand.Nudge("echo I am $(whoami), $((6*7))", Force: false))).Message);
        await deck.SeePaneAsync(agent, $"I am {user}, 42");

        Assert.Equal("delivered", (await deck.DoAsync(agent, new SessionCommand.Nudge("sleep 1000", Force: false))).Message);
        await deck.SeePaneAsync(agent, "sleep 1000\n");
        Assert.Equal("C-c sent", (await deck.DoAsync(agent, new SessionCommand.Interrupt())).Message);
        await deck.SeePaneAsync(agent, "^C\nbash");

        Assert.Equal("delivered", (await deck.DoAsync(agent, new SessionCommand.Nudge("seq 300", Force: false))).Message);
        await deck.SeePaneAsync(agent, "299\n300\n");
        Assert.Equal(OperationOutcome.Succeeded, (await deck.DoAsync(agent, new SessionCommand.ClearScrollback())).Outcome);

        // tmux tells a pane its new size a moment later than it draws it.
        await deck.AttachAsync(agent, "until [ \"$(stty size)\" = '29 100' ]; do sleep 0.1; done; echo sized $((6*7))\r", "sized 42");
        Assert.Contains("bash", await deck.ListProcessesAsync(agent), StringComparison.Ordinal);
        await deck.SeeNobodyAttachedAsync(agent);
    }
}
