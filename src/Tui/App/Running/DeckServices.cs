using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Operations;
using AgentDeck.Engine.Panes;
using AgentDeck.Engine.Store;
using AgentDeck.Tui.Terminal;
using AgentDeck.Tui.Terminal.Cells;
using AgentDeck.Tui.Theming;

namespace AgentDeck.Tui.App.Running;

/// <summary>Everything that the deck needs from outside: a terminal, the engine's three doors, a clock.</summary>
internal sealed record DeckServices
{
    /// <summary>The terminal; the caller disposes it.</summary>
    public required IScreenHost Host { get; init; }

    /// <summary>What is known.</summary>
    public required IFleetStore Store { get; init; }

    /// <summary>What can be done.</summary>
    public required ISessionOperations Operations { get; init; }

    /// <summary>Live screens.</summary>
    public required IPaneFeed Panes { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Loads a theme by name; throws with a message for the operator when it cannot.</summary>
    public required Func<string, Theme> LoadTheme { get; init; }

    /// <summary>Writes a picture of a frame and returns what to tell the operator.</summary>
    public required Func<ScreenBuffer, CancellationToken, Task<string>> SaveScreenshot { get; init; }

    /// <summary>How a shell calls the program so that it sees the same fleet; for the line on leaving.</summary>
    public string Program { get; init; } = "agentdeck";

    /// <summary>Configurations that were read again and are good.</summary>
    public IAsyncEnumerable<DeckConfiguration>? Reloads { get; init; }
}
