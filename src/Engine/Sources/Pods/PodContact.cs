namespace AgentDeck.Engine.Sources.Pods;

/// <summary>How well the tmux in a pod can be asked, which is another matter than what it says.</summary>
internal enum PodContact
{
    /// <summary>Nothing was asked yet, or there is nothing to ask: the container does not run.</summary>
    None,

    /// <summary>A control-mode stream is open: what is shown is current.</summary>
    Streaming,

    /// <summary>It answered the last look; looks come at intervals.</summary>
    Swept,

    /// <summary>The stream was cut or could not be opened; what is shown has an age.</summary>
    Lost,

    /// <summary>There is no tmux in the container, by the container's own word or by its dialect.</summary>
    NoTmux,

    /// <summary>The cluster does not let us run commands in the container, so whether there is a session cannot be known.</summary>
    Barred,
}
