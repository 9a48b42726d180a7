using System.Collections.Immutable;
using System.Globalization;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Sources.Pods;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>A container as a pod of its own, so that dialects and everything behind them need to know only one of both. Pure.</summary>
internal static class ContainerPod
{
    /// <summary>What is known of a container that was just looked at; null when it runs no agent.</summary>
    public static PodTrack? Track(ContainerInfo container, PodSourceSettings settings, DateTimeOffset now)
    {
        var pod = Of(container, settings.Layout.Container);
        if (settings.Dialect.NameOf(pod) is not { } name)
        {
            return null;
        }

        // How long a session may take counts from the start of this run; and a run that ended gives way to one that goes on.
        var reading = settings.Dialect.Read(pod with { CreatedAt = container.StartedAt ?? container.CreatedAt }, settings.Layout, now);
        return new PodTrack
        {
            Agent = settings.IdOf("", settings.Dialect.GroupOf(pod), name),
            Pod = container.HasEnded ? pod with { Phase = container.ExitCode == 0 ? "Succeeded" : "Failed" } : pod,
            Reading = ContainerStates.Judge(container) is { } judgement ? reading with { Judgement = judgement, WithoutSession = null, CheckAgainAt = null } : reading,
            Run = container.StartedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        };
    }

    private static Pod Of(ContainerInfo container, string name) => new()
    {
        Namespace = "",
        Name = container.Name,
        Uid = container.Id,
        // Containers have labels only: what a pod keeps in annotations stands there.
        Labels = container.Labels,
        Annotations = container.Labels,
        CreatedAt = container.CreatedAt,
        Phase = "Running",
        Reason = container.State,
        Containers = [new PodContainerSpec { Name = name, Image = container.Image, Limits = Limits(container) }],
        Statuses = [new PodContainerStatus(name, container.Runs, container.Restarts, State(container), null)],
    };

    private static ContainerState State(ContainerInfo container) =>
        container.HasEnded
            ? new ContainerTerminated(Reason(container), "", container.ExitCode, null, container.StartedAt, container.FinishedAt)
            : container.Runs ? new ContainerRunning(container.StartedAt) : new ContainerWaiting("", "");

    private static string Reason(ContainerInfo container) => container.OutOfMemory ? "OOMKilled" : container.ExitCode == 0 ? "Completed" : "Error";

    private static ImmutableDictionary<string, string> Limits(ContainerInfo container) =>
        container.MemoryLimit is { } bytes
            ? ImmutableDictionary<string, string>.Empty.Add("memory", bytes.ToString(CultureInfo.InvariantCulture))
            : ImmutableDictionary<string, string>.Empty;
}
