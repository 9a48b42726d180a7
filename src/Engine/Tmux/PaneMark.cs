namespace AgentDeck.Engine.Tmux;

/// <summary>
/// The mark that says in which pane of its session an agent was started, kept as an option of the session itself: what a
/// person splits off or selects beside it is not the agent.
/// </summary>
internal static class PaneMark
{
    /// <summary>A format that is 1 for the marked pane, else 0.</summary>
    public const string Format = "#{==:#{pane_id},#{" + Option + "}}";

    private const string Option = "@agentdeck_pane";

    /// <summary>A command that marks the pane of the session that the command before it started.</summary>
    public static TmuxCommandLine Set() => TmuxCommandLine.Of("set-option", "-F", Option, "#{pane_id}");
}
