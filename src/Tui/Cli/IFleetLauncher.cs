using AgentDeck.Engine;
using AgentDeck.Engine.Configuration;

namespace AgentDeck.Tui.Cli;

/// <summary>Starts engines for verbs.</summary>
internal interface IFleetLauncher
{
    /// <summary>Starts an engine that does nothing by itself: it starts no declared agent and changes nothing. What the operator asks for can still be done, unless <paramref name="readOnly"/>.</summary>
    /// <param name="configuration">The fleet.</param>
    /// <param name="readOnly">Refuses what would change anything.</param>
    /// <param name="depth">How far sources look.</param>
    /// <param name="journalDirectory">Where it is told what the operator did; null for nowhere.</param>
    IFleet Observe(DeckConfiguration configuration, bool readOnly, SourceDepth depth, string? journalDirectory);
}
