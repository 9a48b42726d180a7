namespace AgentDeck.Engine.Dialects;

/// <summary>Where a dialect keeps its agents: its own defaults, or what the operator's file says instead.</summary>
/// <param name="LabelSelector">Which pods, as the API spells it; <c>app=gc-agent</c>.</param>
/// <param name="Container">The agent's own container: the only one that is judged, and the one that is always named.</param>
/// <param name="Session">The tmux session in it, or null when there is no tmux: then the log is shown, and attach opens a shell.</param>
/// <param name="User">The user that tmux runs as, when a pod names no other; null for the user of the container.</param>
internal sealed record DialectLayout(string LabelSelector, string Container, string? Session, string? User = null)
{
    /// <summary>This layout with what the operator's file says; null leaves a part as it is, an empty session means that there is none.</summary>
    public DialectLayout With(string? labelSelector, string? container, string? session) => this with
    {
        LabelSelector = labelSelector ?? LabelSelector,
        Container = container ?? Container,
        Session = session switch { null => Session, "" => null, _ => session },
    };
}
