namespace AgentDeck.Tui.App.Commands;

/// <summary>The headings of the command catalogue.</summary>
internal static class CommandSections
{
    /// <summary>The heading of a section.</summary>
    public static string Title(CommandSection section) => section switch
    {
        CommandSection.Move => "Moving about",
        CommandSection.Agents => "Agents",
        CommandSection.View => "What is shown",
        CommandSection.Pane => "In a focused pane",
        CommandSection.Deck => "The deck",
        _ => throw new ArgumentOutOfRangeException(nameof(section), section, "unknown section"),
    };
}
