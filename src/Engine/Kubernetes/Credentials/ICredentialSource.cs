namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>Says who we are. Safe to call from any thread.</summary>
internal interface ICredentialSource
{
    /// <summary>The credential of now; kept until it expires.</summary>
    /// <exception cref="KubernetesApiException">It cannot be had: <see cref="KubernetesFault.Configuration"/>.</exception>
    ValueTask<Credential> GetAsync(CancellationToken cancellationToken);
}
