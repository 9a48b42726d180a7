namespace AgentDeck.Engine.Kubernetes;

/// <summary>It ended.</summary>
/// <param name="Reason">Why, for example <c>OOMKilled</c> or <c>Completed</c>; may be empty. Plain.</param>
/// <param name="Message">The same for people; may be empty. Plain.</param>
/// <param name="ExitCode">Its exit code; null when it is not known.</param>
/// <param name="Signal">The signal that ended it, where the runtime tells it; most tell 128 + signal as exit code instead.</param>
/// <param name="StartedAt">When it began, when known.</param>
/// <param name="FinishedAt">When it ended, when known.</param>
internal sealed record ContainerTerminated(
    string Reason,
    string Message,
    int? ExitCode,
    int? Signal,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt) : ContainerState;
