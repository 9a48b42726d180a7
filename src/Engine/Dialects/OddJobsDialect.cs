using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>The agents of oddjobs: pods <c>oj-ID</c>, labelled with <c>oj-ID</c>. Their terminal belongs to its own server and not to tmux.</summary>
internal sealed class OddJobsDialect : IDialect
{
    private const string AgentLabel = "oj.dev/agent-id";
    private const string Prefix = "oj-";

    /// <inheritdoc/>
    public string Name => "oddjobs";

    /// <inheritdoc/>
    public DialectLayout Layout { get; } = new(LabelSelector: "app=oj-agent", Container: "agent", Session: null);

    /// <inheritdoc/>
    public string? NameOf(Pod pod)
    {
        var marked = pod.Labels.GetValueOrDefault(AgentLabel) is { Length: > 0 } label ? label : pod.Name;
        var name = marked.StartsWith(Prefix, StringComparison.Ordinal) ? marked[Prefix.Length..] : marked;
        return name.Length > 0 ? name : null;
    }

    /// <inheritdoc/>
    public RuntimeReading Read(Pod pod, DialectLayout layout, DateTimeOffset now) => PodJudge.Read(pod, layout, TimeSpan.Zero, now);
}
