using System.Net;
using AgentDeck.Engine.Kubernetes.Credentials;

namespace AgentDeck.Engine.Kubernetes.Http;

/// <summary>
/// Sends requests to one cluster as one user: one <see cref="HttpClient"/> that lives as long as its client certificate, HTTP/2
/// where the server speaks it, credentials added to each request and read again once when the server does not know them.
/// </summary>
/// <param name="load">Reads who and where; called again when the server no longer knows us.</param>
/// <param name="time">Limits how often that is.</param>
internal sealed class ApiClient(Func<ClusterAccess> load, TimeProvider time) : IDisposable
{
    // One round of many requests that are refused together reads the credentials once.
    private static readonly TimeSpan BetweenReloads = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _reloading = new(1);
    private readonly List<HttpClient> _retired = [];
    private ClusterAccess _access = load();
    private ClusterAccess? _clientAccess;
    private string? _clientCertificate;
    private HttpClient? _client;
    private long? _reloadedAt;
    private bool _disposed;

    /// <summary>Where and who, as last read.</summary>
    public ClusterAccess Access => Volatile.Read(ref _access);

    /// <summary>
    /// Sends a request and returns an answer of success (100 to 299) whose body is not read yet; the caller disposes it.
    /// </summary>
    /// <param name="what">What is being done, for the message of a failure: <c>list pods in gc</c>.</param>
    /// <param name="make">Makes the request; called again for a second try. Its address is the path with the query.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HttpResponseMessage> SendAsync(string what, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var first = true; ; first = false)
        {
            var access = Access;
            var credential = await access.Credentials.GetAsync(cancellationToken);
            var response = await SendOnceAsync(access, credential, make, cancellationToken);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                return response;
            }

            using (response)
            {
                if (first && response.StatusCode == HttpStatusCode.Unauthorized && await ReloadAsync(credential, cancellationToken))
                {
                    continue;
                }

                throw await ApiFaults.RefusedAsync(what, access, credential, response, time, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _client?.Dispose();
            _retired.ForEach(client => client.Dispose());
            _retired.Clear();
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ClusterAccess access, Credential credential, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using var request = make();
        request.RequestUri = new Uri(access.Server.AbsoluteUri.TrimEnd('/') + request.RequestUri!.OriginalString);
        // The handler asks TLS for the name in this header, and knows no other way to be told one.
        request.Headers.Host = access.Trust.ServerName;
        if (credential.Authorization is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var (name, value) in access.Impersonation)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        ApiLoad.NoteRequest(ApiFaults.Address(access.Server), request);
        try
        {
            return await ClientFor(access, credential).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw ApiFaults.NotReached(access, credential, failure, time);
        }
    }

    // A certificate belongs to a connection, so another certificate needs other connections. Streams on the old ones go on.
    private HttpClient ClientFor(ClusterAccess access, Credential credential)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_client is not null && _clientAccess == access && _clientCertificate == credential.Certificate?.Thumbprint)
            {
                return _client;
            }

            if (_client is not null)
            {
                _retired.Add(_client);
            }

            _clientAccess = access;
            _clientCertificate = credential.Certificate?.Thumbprint;
            return _client = ApiHandlers.Create(access, credential);
        }
    }

    private async Task<bool> ReloadAsync(Credential refused, CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            if (_reloadedAt is not { } last || time.GetElapsedTime(last) >= BetweenReloads)
            {
                _reloadedAt = time.GetTimestamp();
                Volatile.Write(ref _access, load());
            }

            return !(await Access.Credentials.GetAsync(cancellationToken)).IsSameAs(refused);
        }
        finally
        {
            _reloading.Release();
        }
    }
}
