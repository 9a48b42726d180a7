using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// The runner pods of the Ambient Code Platform. There is no tmux in them. Most of what is known of an agent stands in its
/// custom resource (<see cref="AmbientSession"/>); <see cref="AmbientJoin"/> puts both together.
/// </summary>
internal sealed class AmbientDialect : IDialect
{
    /// <summary>The label that names a pod's session.</summary>
    public const string SessionLabel = "agentic-session";

    // Runners of the line without custom resources.
    private const string SessionIdLabel = "ambient-code.io/session-id";

    /// <inheritdoc/>
    public string Name => "ambient";

    /// <inheritdoc/>
    public DialectLayout Layout { get; } = new(LabelSelector: "app=ambient-code-runner", Container: "ambient-code-runner", Session: null);

    /// <inheritdoc/>
    public string? NameOf(Pod pod) =>
        pod.Labels.GetValueOrDefault(SessionLabel) is { Length: > 0 } session ? session
        : pod.Labels.GetValueOrDefault(SessionIdLabel) is { Length: > 0 } id ? id
        : null;

    /// <inheritdoc/>
    public RuntimeReading Read(Pod pod, DialectLayout layout, DateTimeOffset now) => PodJudge.Read(pod, layout, TimeSpan.Zero, now);
}
