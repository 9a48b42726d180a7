using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>
/// Decides how to go on with a start from the pods that there are, and from nothing that was done before: so it can be called again after
/// a crash at any point, and ends with one pod. Pure and total.
/// </summary>
/// <param name="Step">What to do.</param>
/// <param name="Pod">With which pod; null when there is none.</param>
internal readonly record struct StartChoice(StartStep Step, Pod? Pod)
{
    /// <summary>How old a pod may be without a session until it counts as one whose agent ended: Gas City's own.</summary>
    public static readonly TimeSpan Initializing = TimeSpan.FromSeconds(240);

    /// <summary>What the pods of the session, and one of the planned name, ask for.</summary>
    public static StartChoice Of(IEnumerable<Pod> pods, PodPlan plan, IDialect dialect)
    {
        var all = pods.ToList();
        var own = all.Where(pod => dialect.NameOf(pod) == plan.Spec.Name)
            .OrderBy(pod => pod.DeletionTimestamp is not null).ThenBy(HasEnded).ThenByDescending(pod => pod.CreatedAt).ThenBy(pod => pod.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return own is null
            ? all.FirstOrDefault(pod => pod.Name == plan.Name) is { } other ? new StartChoice(StartStep.Taken, other) : new StartChoice(StartStep.Create, null)
            : new StartChoice(Of(own, plan, dialect.Layout.Container), own);
    }

    /// <summary>What follows from what the container of a pod says.</summary>
    public static StartStep After(SessionWord word, Pod pod, PodPlan plan, DateTimeOffset now)
    {
        var hash = HashOf(pod);
        return word switch
        {
            SessionWord.Ready => StartStep.Done,
            // What runs is not ended because it was declared otherwise meanwhile.
            SessionWord.Alive => hash is null ? StartStep.Done : StartStep.Adopt,
            SessionWord.Ended => StartStep.Replace,
            _ when pod.CreatedAt + Initializing is { } until && now >= until => StartStep.Replace,
            _ when hash is null => StartStep.Wait,
            _ => hash == plan.Hash ? StartStep.Adopt : StartStep.Replace,
        };
    }

    private static StartStep Of(Pod pod, PodPlan plan, string container) => pod switch
    {
        { DeletionTimestamp: not null } => StartStep.AwaitEnd,
        _ when HasEnded(pod) => StartStep.Replace,
        _ => pod.StatusOf(container)?.State switch
        {
            ContainerRunning => StartStep.Look,
            ContainerTerminated => StartStep.Replace,
            _ => HashOf(pod) is not { } hash ? StartStep.Wait : hash == plan.Hash ? StartStep.Adopt : StartStep.Replace,
        },
    };

    private static bool HasEnded(Pod pod) => pod.Phase is "Succeeded" or "Failed";

    private static string? HashOf(Pod pod) => pod.Annotations.GetValueOrDefault(PodPlan.HashAnnotation);
}
