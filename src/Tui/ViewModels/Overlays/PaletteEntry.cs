using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Commands;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>One row of the palette: a command or an agent.</summary>
/// <param name="Text">What is matched and shown; plain.</param>
/// <param name="Side">What stands at the right: the key, or the agent's state.</param>
/// <param name="WhyNot">Why it cannot be chosen now, or null when it can.</param>
/// <param name="Matched">Indexes into <paramref name="Text"/> of the characters that matched.</param>
internal sealed record PaletteEntry(string Text, string Side, string? WhyNot, ImmutableArray<int> Matched)
{
    /// <summary>The command, or null when it is an agent.</summary>
    public CommandId? Command { get; init; }

    /// <summary>The agent, or null when it is a command.</summary>
    public AgentId? Agent { get; init; }
}
