using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>What happened, newest first.</summary>
/// <param name="Filter">Which events are shown.</param>
/// <param name="Selected">The selected event's number; null or one that is no longer shown means the newest.</param>
internal sealed record EventsOverlay(DialogFilter Filter, long? Selected) : Overlay;
