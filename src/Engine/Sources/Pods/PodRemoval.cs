using System.Text.Json.Nodes;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Ends pods: marks them with the reason, then deletes them, each only as long as it is the pod that was read.</summary>
/// <param name="api">The cluster.</param>
internal sealed class PodRemoval(IKubernetesApi api)
{
    private const int Tries = 5;

    /// <summary>
    /// Marks a pod, whatever becomes of it meanwhile. Never fails for the cluster's sake: who may not mark may still delete, and then only this
    /// engine knows why.
    /// </summary>
    /// <param name="pod">The pod as it was last seen.</param>
    /// <param name="mark">The mark of <see cref="EndMark"/>; null to take it away.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MarkAsync(Pod pod, string? mark, CancellationToken cancellationToken)
    {
        var current = pod;
        try
        {
            for (var tries = 0; tries < Tries && await TryMarkAsync(current, mark, cancellationToken) is null; tries++)
            {
                if (await ReadAsync(pod, cancellationToken) is not { } found || EndMark.Of(found) == mark)
                {
                    return;
                }

                current = found;
            }
        }
        catch (KubernetesApiException)
        {
            // Deleting it tells whether the cluster answers at all.
        }
    }

    /// <summary>Marks and deletes a pod that is still exactly as it was read.</summary>
    /// <returns>False when it is not, or gone: what to do has to be decided anew.</returns>
    /// <exception cref="KubernetesApiException">The cluster does not take it.</exception>
    public async Task<bool> ReplaceAsync(Pod pod, CancellationToken cancellationToken)
    {
        var version = pod.ResourceVersion;
        try
        {
            if (await TryMarkAsync(pod, EndMark.Replaced, cancellationToken) is not { } marked)
            {
                return false;
            }

            version = marked;
        }
        catch (KubernetesApiException failure) when (failure.Fault == KubernetesFault.Forbidden)
        {
            // Then others take it for a loss, and this engine is about to start it anyway.
        }

        return await DeleteAsync(pod, version, cancellationToken);
    }

    /// <summary>Deletes a pod in whatever state it is; another one of its name is spared.</summary>
    /// <returns>False when it is gone already, or may be: see <see cref="IsThereAsync"/>.</returns>
    /// <exception cref="KubernetesApiException">The cluster does not take it.</exception>
    public Task<bool> DeleteAsync(Pod pod, CancellationToken cancellationToken) => DeleteAsync(pod, null, cancellationToken);

    /// <summary>Whether a pod is still there, in whatever state.</summary>
    /// <exception cref="KubernetesApiException">The cluster does not say.</exception>
    public async Task<bool> IsThereAsync(Pod pod, CancellationToken cancellationToken) => await ReadAsync(pod, cancellationToken) is not null;

    private static ObjectName NameOf(Pod pod) => new(ResourceKind.Pods, pod.Namespace, pod.Name);

    private async Task<bool> DeleteAsync(Pod pod, string? version, CancellationToken cancellationToken)
    {
        try
        {
            await api.DeleteAsync(NameOf(pod), new DeleteRequest(pod.Uid, KubernetesSource.DeletionGrace) { ResourceVersion = version }, cancellationToken);
            return true;
        }
        catch (KubernetesApiException failure) when (failure.Fault is KubernetesFault.NotFound or KubernetesFault.Conflict)
        {
            return false;
        }
    }

    // The version that it has then; null when it is no longer the one that was read.
    private async Task<string?> TryMarkAsync(Pod pod, string? mark, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject
        {
            ["uid"] = pod.Uid,
            ["resourceVersion"] = pod.ResourceVersion,
            ["annotations"] = new JsonObject { [EndMark.Annotation] = mark },
        };
        try
        {
            return PodReader.Read(await api.MergeAsync(NameOf(pod), new JsonObject { ["metadata"] = metadata }, cancellationToken), static _ => { }).ResourceVersion;
        }
        catch (KubernetesApiException failure) when (failure.Fault is KubernetesFault.NotFound or KubernetesFault.Conflict)
        {
            return null;
        }
    }

    // By a list, which the smallest Role allows; null when another has its name, or none.
    private async Task<Pod?> ReadAsync(Pod pod, CancellationToken cancellationToken)
    {
        using var page = await api.ListAsync(new ObjectQuery(ResourceKind.Pods, pod.Namespace, FieldSelector: $"metadata.name={pod.Name}"), null, cancellationToken);
        return page.Items.Select(item => PodReader.Read(item, static _ => { })).FirstOrDefault(found => found.Uid == pod.Uid);
    }
}
