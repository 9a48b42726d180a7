using System.Collections.Immutable;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>
/// The agents of scion: one pod an agent that is never started again. Its own words for an end differ: exit code 0 is
/// stopped, 10 means that a limit was reached, and a failed pod is an error whatever its container says.
/// </summary>
internal sealed class ScionDialect : IDialect
{
    private const int LimitsExceeded = 10;
    private const string NameLabel = "scion.name";
    private const string GroveLabel = "scion.grove";
    private const string UserAnnotation = "scion.username";
    private const string HomeAnnotation = "scion.homedir";

    // scion waits as long for an agent to come up.
    private static readonly TimeSpan SessionWithin = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "scion";

    /// <inheritdoc/>
    public DialectLayout Layout { get; } = new(LabelSelector: NameLabel, Container: "agent", Session: "scion", User: "scion");

    /// <inheritdoc/>
    public string? NameOf(Pod pod) => pod.Labels.GetValueOrDefault(NameLabel) is { Length: > 0 } name ? name : null;

    /// <inheritdoc/>
    public string GroupOf(Pod pod) => pod.Labels.GetValueOrDefault(GroveLabel, "");

    /// <inheritdoc/>
    public ImmutableArray<Fact> FactsOf(Pod pod) =>
    [
        .. from fact in new[] { ("grove", GroveLabel), ("template", "scion.template"), ("harness", "scion.harness_config") }
           let value = pod.Labels.GetValueOrDefault(fact.Item2, "")
           where value.Length > 0
           select new Fact(fact.Item1, PlainText.Sanitize(value)),
    ];

    /// <summary>Where the agent reports on itself. The path goes into a command as one word, whatever is in it.</summary>
    public static string InfoFileOf(Pod pod, string user)
    {
        var home = pod.Annotations.GetValueOrDefault(HomeAnnotation, "");
        return $"{(home.StartsWith('/') ? home.TrimEnd('/') : $"/home/{user}")}/{ScionAgentInfo.FileName}";
    }

    /// <inheritdoc/>
    public RuntimeReading Read(Pod pod, DialectLayout layout, DateTimeOffset now)
    {
        var reading = PodJudge.Read(pod, layout, SessionWithin, now);
        return reading with
        {
            Judgement = reading.Judgement is { } judgement ? InItsWords(judgement, pod, reading.ExitCode) : null,
            User = UserName.Checked(pod.Annotations.GetValueOrDefault(UserAnnotation)) ?? reading.User,
        };
    }

    private static PhaseJudgement InItsWords(PhaseJudgement judgement, Pod pod, int? exitCode) => judgement switch
    {
        { Phase: AgentPhase.Completed } when pod.Phase == "Failed" => new(AgentPhase.Failed, "PodFailed", PodEnds.Sentence("its pod failed", pod.Message)),
        { Phase: AgentPhase.Failed, Reason: "ExitedWithError" } when exitCode == LimitsExceeded =>
            new(AgentPhase.Failed, "LimitsExceeded", "it reached its limit of turns, model calls or time (exit code 10)"),
        { Phase: AgentPhase.Failed } when pod.Phase == "Succeeded" => new(AgentPhase.Stopped, "PodSucceeded", "its pod ended well"),
        { Phase: AgentPhase.Completed } => judgement with { Phase = AgentPhase.Stopped },
        _ => judgement,
    };
}
