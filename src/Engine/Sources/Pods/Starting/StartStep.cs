namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>What the pods that there are ask for next, when an agent is to be started.</summary>
internal enum StartStep
{
    /// <summary>There is none: create it.</summary>
    Create,

    /// <summary>One is going: wait until it is gone.</summary>
    AwaitEnd,

    /// <summary>One has ended, or was declared otherwise: delete it, keep what it printed last, begin again.</summary>
    Replace,

    /// <summary>Its container runs: ask its tmux.</summary>
    Look,

    /// <summary>One is coming up: go on with it.</summary>
    Adopt,

    /// <summary>Gas City itself is starting it: only wait for its session.</summary>
    Wait,

    /// <summary>It runs: nothing is left to be done.</summary>
    Done,

    /// <summary>Its name belongs to another's pod.</summary>
    Taken,
}
