using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Everything known of one agent, followed live.</summary>
/// <param name="Last">What was last known of it; kept when it is gone.</param>
/// <param name="GoneSince">When it was noticed that the agent is no longer there, or null while it is.</param>
/// <param name="Processes">Its processes as printed where it runs (hostile), or null while they are being read.</param>
/// <param name="ProcessesAt">When <paramref name="Processes"/> arrived.</param>
/// <param name="Offset">The first row shown; drawing repairs it.</param>
internal sealed record DetailsOverlay(
    Agent Last,
    DateTimeOffset? GoneSince,
    string? Processes,
    DateTimeOffset ProcessesAt,
    int Offset) : Overlay;
