using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Domain;
using Microsoft.Extensions.Logging;

namespace AgentDeck.Engine.Notifications;

/// <summary>
/// Posts notifications as JSON. What may pass by itself (no connection, no answer in time, 429, 5xx) is tried three times. No
/// redirect is followed: the body would go where nobody sent it.
/// </summary>
internal sealed partial class WebhookChannel(WebhookTarget target, TimeProvider time, Func<double> jitter, ILogger logger) : INotificationChannel, IDisposable
{
    /// <summary>The header with the signature.</summary>
    internal const string SignatureHeader = "X-AgentDeck-Signature";

    /// <summary>How often a notification is tried.</summary>
    internal const int Tries = 3;

    /// <summary>How long one try may take.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public async Task TellAsync(Notification notification, NotifySettings settings, CancellationToken cancellationToken)
    {
        var body = Encoding.ASCII.GetBytes(NotificationJson.Write(notification));
        var backoff = new Backoff(jitter, FirstWait);
        for (var attempt = 1; ; attempt++)
        {
            var (failure, mayPass) = await PostAsync(body, cancellationToken);
            if (failure is null)
            {
                return;
            }

            if (!mayPass || attempt == Tries)
            {
                LogGivenUp(logger, target, failure, attempt, notification.Message);
                return;
            }

            await Task.Delay(backoff.Next(), time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(string? Failure, bool MayPass)> PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var request = Describe(body);
        try
        {
            // The answer ends with its head: what is in it is of no interest, and could be long.
            using var response = await _http.SendAsync(request, either.Token);
            return Judge(response.StatusCode);
        }
        catch (HttpRequestException failure)
        {
            // Its message quotes the address.
            return ($"{failure.HttpRequestError}", failure.HttpRequestError != HttpRequestError.SecureConnectionError);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ($"no answer within {Timeout.TotalSeconds:0} s", true);
        }
    }

    private HttpRequestMessage Describe(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Authorization = target.Authorization;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("AgentDeck", null));
        if (target.Sign(body) is { } signature)
        {
            request.Headers.Add(SignatureHeader, signature);
        }

        return request;
    }

    private static (string? Failure, bool MayPass) Judge(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => (null, false),
        429 or >= 500 => ($"it answered {(int)status}", true),
        >= 300 and < 400 => ($"it answered {(int)status}; redirects are not followed", false),
        _ => ($"it answered {(int)status}", false),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "the webhook at {Target} did not take a notification ({Why}, {Tries} tries): {Text}")]
    private static partial void LogGivenUp(ILogger logger, WebhookTarget target, string why, int tries, string text);
}
