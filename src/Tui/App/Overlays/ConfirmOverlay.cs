using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Tui.App.Model;

namespace AgentDeck.Tui.App.Overlays;

/// <summary>Asks before something is done that is not easily undone.</summary>
/// <param name="Command">What would be done.</param>
/// <param name="Targets">To whom; never empty. Those where it cannot be done are left out when it is confirmed.</param>
/// <param name="IsYesFocused">Whether Enter does it; otherwise Enter cancels.</param>
internal sealed record ConfirmOverlay(SessionCommand Command, ImmutableArray<AgentId> Targets, bool IsYesFocused) : Overlay;
