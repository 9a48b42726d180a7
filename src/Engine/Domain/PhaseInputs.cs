namespace AgentDeck.Engine.Domain;

/// <summary>Everything that the phase of an agent is concluded from.</summary>
public readonly record struct PhaseInputs
{
    /// <summary>What the declaration asks for; null when the agent is only discovered.</summary>
    public DesiredState? Desired { get; init; }

    /// <summary>
    /// What the pod around the session says by itself; null when there is no pod, or when its container runs and the session
    /// decides.
    /// </summary>
    public PhaseJudgement? Runtime { get; init; }

    /// <summary>What it is when a pod's container runs and there is no session in it; null when there is no pod.</summary>
    public PhaseJudgement? WithoutSession { get; init; }

    /// <summary>What the runtime says.</summary>
    public SessionEvidence Session { get; init; }

    /// <summary>Whether something has to follow the start of its session that was not done to its end.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>The exit code of an ended program; null when unknown or when a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal that ended the program; null when none did or it is unknown.</summary>
    public int? ExitSignal { get; init; }

    /// <summary>What was asked for.</summary>
    public PhaseRequest Request { get; init; }

    /// <summary>What became of it when the pod around its session went; null while there is one, and where there never was.</summary>
    public PhaseJudgement? Ending { get; init; }

    /// <summary>Why the last start failed, or null.</summary>
    public string? StartError { get; init; }

    /// <summary>Whether the whole server is gone, and not only this session.</summary>
    public bool ServerGone { get; init; }

    /// <summary>The judgement before this one; null when there is none.</summary>
    public PhaseJudgement? Previous { get; init; }

    /// <summary>How well the source can be observed.</summary>
    public SourceLink Link { get; init; }
}
