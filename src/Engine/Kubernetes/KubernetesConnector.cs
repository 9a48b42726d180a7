using AgentDeck.Engine.Kubernetes.Credentials;
using AgentDeck.Engine.Kubernetes.Http;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>Opens clusters by the names that a kubeconfig gives them. Opening reads files and contacts nobody.</summary>
/// <param name="runner">Runs credential plugins.</param>
/// <param name="environment">Reads a variable: <c>KUBECONFIG</c>, <c>HOME</c>, <c>KUBERNETES_SERVICE_HOST</c> and <c>_PORT</c>.</param>
/// <param name="time">For everything that waits or expires.</param>
/// <param name="jitter">Gives numbers from 0 to 1.</param>
/// <param name="serviceAccount">Where a pod finds its service account.</param>
internal sealed class KubernetesConnector(
    ICommandRunner runner, Func<string, string?> environment, TimeProvider time, Func<double> jitter, string serviceAccount = InCluster.Directory)
{
    private readonly AccessReader _reader = new(runner, environment, time);

    /// <summary>
    /// Opens a cluster. Without a context and without any kubeconfig it is the one whose pod this program runs in.
    /// </summary>
    /// <param name="context">The context, or null or empty for the current one.</param>
    /// <param name="kubeconfig">The files, separated as in <c>PATH</c>, or null or empty for those of the environment.</param>
    /// <exception cref="KubernetesApiException"><see cref="KubernetesFault.Configuration"/>: what is wrong, in which file, and what helps.</exception>
    public IKubernetesApi Open(string? context, string? kubeconfig) =>
        new KubernetesApi(new ApiClient(() => Load(context, kubeconfig), time), time, jitter);

    private ClusterAccess Load(string? context, string? kubeconfig)
    {
        var files = KubeconfigFiles.Find(kubeconfig, environment);
        return files.Count > 0
            ? _reader.Read(Kubeconfig.Load(files), context)
            : string.IsNullOrEmpty(context) && InCluster.IsHere(serviceAccount, environment)
            ? InCluster.Read(serviceAccount, environment, time)
            : throw new KubernetesApiException(
                KubernetesFault.Configuration, "there is no kubeconfig: set KUBECONFIG, or put one at ~/.kube/config");
    }
}
