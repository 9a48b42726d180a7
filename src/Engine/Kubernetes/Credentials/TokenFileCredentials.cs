namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>A token in a file that somebody else renews; it is read again each minute.</summary>
/// <param name="file">The file.</param>
/// <param name="certificate">A client certificate beside it, or null.</param>
/// <param name="time">Ages what was read.</param>
internal sealed class TokenFileCredentials(string file, ClientCertificate? certificate, TimeProvider time) : ICredentialSource
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Credential? _last;
    private long _readAt;

    /// <inheritdoc/>
    public ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_last is null || time.GetElapsedTime(_readAt) >= Lifetime)
            {
                _last = new Credential($"Bearer {CredentialText.Token(Read(), file)}", certificate);
                _readAt = time.GetTimestamp();
            }

            return ValueTask.FromResult(_last);
        }
    }

    private string Read()
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesApiException(KubernetesFault.Configuration, $"the token file {file} cannot be read: {failure.Message}");
        }
    }
}
