using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes.Credentials;

namespace AgentDeck.Engine.Kubernetes.Http;

/// <summary>Turns what goes wrong between here and a server into one clear sentence each, without any secret.</summary>
internal static class ApiFaults
{
    /// <summary>No answer came.</summary>
    public static KubernetesApiException NotReached(ClusterAccess access, Credential credential, Exception failure, TimeProvider time)
    {
        var server = Address(access.Server);
        var through = access.Proxy is { } proxy ? $" through the proxy {Address(proxy)}" : "";
        if (failure is OperationCanceledException)
        {
            return Unreachable($"{server} does not answer{through}", failure);
        }

        if (Expired(access, credential, time) is { } expired)
        {
            return expired;
        }

        var request = failure as HttpRequestException;
        return request?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => Unreachable(
                access.Proxy is null ? $"the name {access.Server.Host} cannot be resolved" : $"the name of the proxy {Address(access.Proxy)} or of {server} cannot be resolved", failure),
            HttpRequestError.SecureConnectionError when failure.InnerException is AuthenticationException && access.Trust.Refusal is { } refusal =>
                new KubernetesApiException(KubernetesFault.Certificate, $"{server} cannot be trusted: {refusal}", innerException: failure),
            HttpRequestError.SecureConnectionError => new KubernetesApiException(
                KubernetesFault.Certificate, $"no secure connection to {server}{through}: it does not speak TLS, or refuses our client certificate", innerException: failure),
            HttpRequestError.ProxyTunnelError => Unreachable(
                $"the proxy{(access.Proxy is null ? " of the environment" : $" {Address(access.Proxy)}")} refuses to connect to {server}{(request.StatusCode is { } status ? $" ({(int)status})" : "")}", failure),
            _ => Unreachable(Socket(failure) switch
            {
                SocketError.ConnectionRefused => $"{(access.Proxy is null ? server : $"the proxy {Address(access.Proxy)}")} refuses connections: nothing listens there",
                SocketError.NetworkUnreachable or SocketError.HostUnreachable => $"there is no route to {server}{through}",
                _ => $"the connection to {server}{through} was lost",
            }, failure),
        };
    }

    /// <summary>An answer came, and it is no.</summary>
    public static async Task<KubernetesApiException> RefusedAsync(
        string what, ClusterAccess access, Credential credential, HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = await ApiStatus.ReadAsync(response, cancellationToken);
        var code = (int)response.StatusCode;
        if (code == 401 && Expired(access, credential, time) is { } expired)
        {
            return expired;
        }

        var wait = RetryAfter(response, time) ?? (status.RetryAfterSeconds > 0 ? TimeSpan.FromSeconds(status.RetryAfterSeconds) : null);
        return Refused(what, Address(access.Server), access.Origin, code, status, wait);
    }

    /// <summary>The server said no within a stream, as a <c>Status</c> object.</summary>
    public static KubernetesApiException Refused(string what, string server, string origin, int code, ApiStatus status, TimeSpan? wait)
    {
        var fault = code switch
        {
            400 or 422 => KubernetesFault.Invalid,
            401 => KubernetesFault.Unauthorized,
            403 => KubernetesFault.Forbidden,
            404 => KubernetesFault.NotFound,
            409 => KubernetesFault.Conflict,
            410 => KubernetesFault.Expired,
            429 => KubernetesFault.Throttled,
            _ => KubernetesFault.Server,
        };
        var words = status.Message.Length == 0 ? $"HTTP status {code.ToString(CultureInfo.InvariantCulture)}" : PlainText.Sanitize(status.Message, 500);
        var message = fault switch
        {
            KubernetesFault.Unauthorized => $"{server} does not know the {origin}: renew its credentials",
            KubernetesFault.Forbidden => $"{server} forbids to {what}: {words}",
            KubernetesFault.Throttled => $"{server} asks us to slow down",
            KubernetesFault.Expired => $"{server} no longer keeps the version that we asked it to go on from",
            _ => $"cannot {what}: {words}",
        };
        return new KubernetesApiException(fault, message, code, status.Reason.Length == 0 ? null : PlainText.Sanitize(status.Reason, 100), wait);
    }

    /// <summary>An address for people: no user, no password, no query.</summary>
    public static string Address(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    private static KubernetesApiException? Expired(ClusterAccess access, Credential credential, TimeProvider time) =>
        credential.Certificate is { } certificate && certificate.Expires <= time.GetUtcNow()
            ? new KubernetesApiException(
                KubernetesFault.Certificate, string.Create(CultureInfo.InvariantCulture, $"the client certificate of {access.Origin} expired on {certificate.Expires:yyyy-MM-dd}: renew it"))
            : null;

    private static KubernetesApiException Unreachable(string message, Exception failure) => new(KubernetesFault.Unreachable, message, innerException: failure);

    private static SocketError? Socket(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is { } given && given > TimeSpan.Zero ? given : null;
    }
}
