using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Dialects;

/// <summary>What a pod says of its agent.</summary>
/// <param name="Judgement">Its phase; null when the container runs and tmux decides.</param>
/// <param name="WithoutSession">The phase if tmux answers that there is no session; null where <paramref name="Judgement"/> is not.</param>
/// <param name="CheckAgainAt">When the same pod has to be read again because time alone changes the answer; null when it does not.</param>
/// <param name="ExitCode">The exit code of the agent's container once it ended, when known.</param>
/// <param name="ExitSignal">The signal that ended it, when known.</param>
/// <param name="Restarts">How often the container was started again.</param>
/// <param name="StartedAt">When the container began, when known.</param>
/// <param name="User">The user that commands have to run as, a harmless name; null for the container's own.</param>
internal sealed record RuntimeReading(
    PhaseJudgement? Judgement,
    PhaseJudgement? WithoutSession = null,
    DateTimeOffset? CheckAgainAt = null,
    int? ExitCode = null,
    int? ExitSignal = null,
    int Restarts = 0,
    DateTimeOffset? StartedAt = null,
    string? User = null);
