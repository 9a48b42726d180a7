using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>Any pods: the operator's file names the selector, the container and, where there is one, the tmux session.</summary>
internal sealed class PlainDialect : IDialect
{
    // How long an entry point may take until it has made its session.
    private static readonly TimeSpan SessionWithin = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "plain";

    /// <inheritdoc/>
    public DialectLayout Layout { get; } = new(LabelSelector: "", Container: "", Session: null);

    /// <inheritdoc/>
    public string? NameOf(Pod pod) => pod.Name.Length > 0 ? pod.Name : null;

    /// <inheritdoc/>
    public RuntimeReading Read(Pod pod, DialectLayout layout, DateTimeOffset now) => PodJudge.Read(pod, layout, SessionWithin, now);
}
