using System.Collections.Immutable;

namespace AgentDeck.Tui.ViewModels.Overlays;

/// <summary>The keys of each dialog, most useful first: drawn in its border.</summary>
internal static class DialogHints
{
    /// <summary>The details of an agent.</summary>
    public static ImmutableArray<DialogHint> Details { get; } = [new("Esc", "close"), new("↑↓", "scroll"), new("R", "read processes again")];

    /// <summary>Results agent by agent.</summary>
    public static ImmutableArray<DialogHint> Results { get; } = [new("↵", "close"), new("↑↓", "scroll")];

    /// <summary>A question.</summary>
    public static ImmutableArray<DialogHint> Confirm { get; } = [new("y", "do it"), new("n", "cancel"), new("↵", "the marked button"), new("Tab", "other button")];

    /// <summary>A question that can only be closed.</summary>
    public static ImmutableArray<DialogHint> Refused { get; } = [new("↵", "close")];

    /// <summary>The theme picker.</summary>
    public static ImmutableArray<DialogHint> Theme { get; } = [new("↵", "keep"), new("Esc", "go back"), new("↑↓", "preview")];

    /// <summary>The nudge editor.</summary>
    public static ImmutableArray<DialogHint> Nudge { get; } =
        [new("↵", "send"), new("Esc", "leave"), new("Alt-↵", "new line"), new("↑↓", "sent before"), new("Ctrl-T", "templates")];

    /// <summary>The nudge editor after a refusal.</summary>
    public static ImmutableArray<DialogHint> NudgeWarned { get; } =
        [new("Ctrl-F", "force"), new("↵", "send to the others"), new("Esc", "leave")];

    /// <summary>The templates of the nudge editor.</summary>
    public static ImmutableArray<DialogHint> NudgeTemplates { get; } = [new("↵", "insert"), new("Esc", "back"), new("↑↓", "choose")];

    /// <summary>The help.</summary>
    public static ImmutableArray<DialogHint> Help { get; } = [new("Esc", "close"), new("↑↓", "scroll"), new("/", "filter")];

    /// <summary>The events.</summary>
    public static ImmutableArray<DialogHint> Events { get; } = [new("↵", "go to agent"), new("Esc", "close"), new("↑↓", "choose"), new("/", "filter")];

    /// <summary>A filter that is being typed.</summary>
    public static ImmutableArray<DialogHint> Filtering { get; } = [new("↵", "keep filter"), new("Esc", "clear")];

    /// <summary>A container's log.</summary>
    public static ImmutableArray<DialogHint> Log { get; } =
        [new("Esc", "close"), new("↑↓", "scroll"), new("/", "search"), new("p", "previous container"), new("G", "follow"), new("←→", "sideways"), new("n N", "other matches"), new("R", "read again")];

    /// <summary>A search that is being typed.</summary>
    public static ImmutableArray<DialogHint> Searching { get; } = [new("↵", "keep"), new("Esc", "clear")];

    /// <summary>The palette.</summary>
    public static ImmutableArray<DialogHint> Palette { get; } = [new("↵", "run or go to"), new("Esc", "close"), new("↑↓", "choose")];
}
