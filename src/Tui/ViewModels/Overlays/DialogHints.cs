using System.Collections.Immutable;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>The keys of each dialog, most useful first: drawn in its border and printed in the key map.</summary>
internal static class DialogHints
{
    /// <summary>The details of an agent.</summary>
    public static ImmutableArray<DialogHint> Details { get; } = [new("Esc", "close"), new("↑↓", "scroll"), new("R", "read processes again")];

    /// <summary>Results agent by agent.</summary>
    public static ImmutableArray<DialogHint> Results { get; } = [new("↵", "close"), new("↑↓", "scroll")];

    /// <summary>A question.</summary>
    public static ImmutableArray<DialogHint> Confirm { get; } = [new("y", "do it"), new("n", "cancel"), new("↵", "the marked button"), new("Tab", "other button")];

    /// <summary>The theme picker.</summary>
    public static ImmutableArray<DialogHint> Theme { get; } = [new("↵", "keep"), new("Esc", "go back"), new("↑↓", "preview")];
}
