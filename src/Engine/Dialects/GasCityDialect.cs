using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// The agents of Gas City: one pod a session, whose container goes on running when the agent ended. A running pod therefore
/// says nothing, and only tmux tells the living from the dead.
/// </summary>
internal sealed class GasCityDialect : IDialect
{
    /// <summary>The word in the operator's file.</summary>
    public const string Word = "gascity";

    /// <summary>The namespace when neither the file nor the environment names one: Gas City does not use the context's.</summary>
    public const string DefaultNamespace = "gc";

    /// <summary>Holds the name of a session as it is.</summary>
    public const string SessionAnnotation = "gc-session-name";

    /// <summary>Holds the name of a session as far as a label can.</summary>
    public const string SessionLabel = "gc-session";

    /// <summary>What the label <c>app</c> of all agents says.</summary>
    public const string App = "gc-agent";

    /// <summary>Holds the name of an agent as far as a label can.</summary>
    public const string AgentLabel = "gc-agent";

    /// <summary>The init container into which files are copied.</summary>
    public const string StageContainer = "stage";

    // Gas City itself deletes and recreates a pod without a session only after this time.
    private static readonly TimeSpan SessionWithin = TimeSpan.FromSeconds(240);

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public DialectLayout Layout { get; } = new(LabelSelector: $"app={App}", Container: "agent", Session: "main");

    /// <inheritdoc/>
    public string? NameOf(Pod pod) => First(pod.Annotations.GetValueOrDefault(SessionAnnotation), pod.Labels.GetValueOrDefault(SessionLabel));

    /// <inheritdoc/>
    public RuntimeReading Read(Pod pod, DialectLayout layout, DateTimeOffset now)
    {
        var reading = PodJudge.Read(pod, layout, SessionWithin, now);
        var stages = pod.InitStatuses.Any(status => status is { Name: StageContainer, State: ContainerRunning });
        return reading with
        {
            Judgement = reading.Judgement is { Phase: AgentPhase.Starting } && stages
                ? new PhaseJudgement(AgentPhase.Starting, "Staging", "its files are being copied into the pod")
                : reading.Judgement,
            // The container's own user is then root, whose tmux socket is another one than the agent's.
            User = UserName.Checked(pod.ContainerNamed(layout.Container)?.LinuxUser) ?? reading.User,
        };
    }

    private static string? First(params string?[] names) => names.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));
}
