using System.Collections.Immutable;

namespace AgentDeck.Engine.Domain;

/// <summary>What an operator may ask of one agent. A closed hierarchy: switch over it exhaustively.</summary>
public abstract record SessionCommand
{
    private SessionCommand()
    {
    }

    /// <summary>Types a text, submits it and looks whether it was taken.</summary>
    /// <param name="Text">The text; may have several lines, LF only.</param>
    /// <param name="Force">Types even before an approval menu.</param>
    public sealed record Nudge(string Text, bool Force) : SessionCommand;

    /// <summary>Presses the agent's interrupt key once.</summary>
    public sealed record Interrupt : SessionCommand;

    /// <summary>Drops the scrollback of its pane.</summary>
    public sealed record ClearScrollback : SessionCommand;

    /// <summary>Takes what it wants as seen; nothing is sent to it.</summary>
    public sealed record Acknowledge : SessionCommand;

    /// <summary>Presses keys, in order, as if typed at the pane.</summary>
    /// <param name="Keys">The keys.</param>
    public sealed record SendKeys(ImmutableArray<AgentKey> Keys) : SessionCommand;

    /// <summary>Pastes a text without submitting it.</summary>
    /// <param name="Text">The text; may have several lines, LF only.</param>
    public sealed record Paste(string Text) : SessionCommand;

    /// <summary>Starts a declared agent.</summary>
    public sealed record Start : SessionCommand;

    /// <summary>Interrupts, waits the grace period, then kills.</summary>
    public sealed record Stop : SessionCommand;

    /// <summary>Stops, then starts.</summary>
    public sealed record Restart : SessionCommand;
}
