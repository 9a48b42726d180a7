using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>The containers of Gas City's <c>gc-session-docker</c>: one a session. Its tmux has a directory for sockets of its own.</summary>
internal sealed class GasCityContainerDialect : IDialect
{
    /// <summary>Where its tmux has its sockets.</summary>
    public const string SocketDirectory = "/run/gc-tmux";

    // As long as for a pod of Gas City.
    private static readonly TimeSpan SessionWithin = TimeSpan.FromSeconds(240);

    /// <inheritdoc/>
    public string Name => GasCityDialect.Word;

    /// <inheritdoc/>
    public DialectLayout Layout { get; } = new(LabelSelector: "gc.managed=true", Container: "", Session: "main");

    /// <inheritdoc/>
    public string? NameOf(Pod pod) => pod.Labels.GetValueOrDefault("gc.agent") is { Length: > 0 } name ? name : null;

    /// <inheritdoc/>
    public RuntimeReading Read(Pod pod, DialectLayout layout, DateTimeOffset now) => PodJudge.Read(pod, layout, SessionWithin, now);
}
