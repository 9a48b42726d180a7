namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>A credential that never changes.</summary>
internal sealed class StaticCredentials(Credential credential) : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credential);
}
