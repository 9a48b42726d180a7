using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;
using AgentDeck.Tui.Terminal.Widgets;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Writes a message to agents.</summary>
/// <param name="Targets">To whom; never empty.</param>
/// <param name="Input">What is written.</param>
internal sealed record NudgeOverlay(ImmutableArray<AgentId> Targets, TextInputState Input) : Overlay
{
    /// <summary>Which earlier message is shown, 0 for the most recent; null for what the operator writes now.</summary>
    public int? HistoryIndex { get; init; }

    /// <summary>What the operator wrote before going back to earlier messages.</summary>
    public TextInputState Draft { get; init; } = TextInputState.Empty;

    /// <summary>The selected template while the templates are shown, else null.</summary>
    public int? Template { get; init; }

    /// <summary>Whether sending was refused for some agents and the reasons are shown: only then may it be forced.</summary>
    public bool IsWarned { get; init; }

    /// <summary>What is wrong with the message itself, or null.</summary>
    public string? Problem { get; init; }
}
