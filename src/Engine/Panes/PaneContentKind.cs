namespace AgentDeck.Engine.Panes;

/// <summary>What a pane's content is.</summary>
public enum PaneContentKind
{
    /// <summary>A tmux screen.</summary>
    Screen,

    /// <summary>The container's log, where there is no tmux.</summary>
    Log,
}
