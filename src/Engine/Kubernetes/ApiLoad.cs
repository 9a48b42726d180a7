using System.Diagnostics.Metrics;

namespace AgentDeck.Engine.Kubernetes;

/// <summary>
/// What the deck costs API servers, as the meter <c>AgentDeck.Kubernetes</c> for whoever listens (<c>dotnet-counters</c>, OpenTelemetry):
/// requests by verb, exec streams opened, exec streams open. Each carries the server's address as <c>server</c>.
/// </summary>
internal static class ApiLoad
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AgentDeck.Kubernetes";

    /// <summary>The counter of requests sent, with their <c>verb</c> as the server itself counts it: LIST, WATCH, GET, CONNECT, POST, PUT, PATCH, DELETE.</summary>
    public const string RequestsName = "agentdeck.kubernetes.requests";

    /// <summary>The counter of exec streams that were opened.</summary>
    public const string StreamsOpenedName = "agentdeck.kubernetes.exec.opened";

    /// <summary>How many exec streams are open.</summary>
    public const string OpenStreamsName = "agentdeck.kubernetes.exec.open";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(RequestsName, "{request}");
    private static readonly Counter<long> StreamsOpened = Meter.CreateCounter<long>(StreamsOpenedName, "{stream}");
    private static readonly UpDownCounter<long> OpenStreams = Meter.CreateUpDownCounter<long>(OpenStreamsName, "{stream}");

    /// <summary>Notes a request that is being sent.</summary>
    public static void NoteRequest(string server, HttpRequestMessage request) =>
        Requests.Add(1, Server(server), KeyValuePair.Create<string, object?>("verb", VerbOf(request.Method, request.RequestUri!.OriginalString)));

    /// <summary>Notes an exec stream that was opened.</summary>
    public static void NoteOpened(string server)
    {
        StreamsOpened.Add(1, Server(server));
        OpenStreams.Add(1, Server(server));
    }

    /// <summary>Notes an exec stream that was closed here.</summary>
    public static void NoteClosed(string server) => OpenStreams.Add(-1, Server(server));

    /// <summary>The verb of a request. Pure.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="address">Its address with the query. Our lists have a limit, and what is only read has none.</param>
    internal static string VerbOf(HttpMethod method, string address)
    {
        var (path, query) = address.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? (address[..mark], address[(mark + 1)..]) : (address, "");
        var parts = query.Split('&');
        return method != HttpMethod.Get ? method.Method
            : path.EndsWith("/exec", StringComparison.Ordinal) ? "CONNECT"
            : parts.Contains("watch=1") ? "WATCH"
            : parts.Any(part => part.StartsWith("limit=", StringComparison.Ordinal)) ? "LIST"
            : "GET";
    }

    private static KeyValuePair<string, object?> Server(string server) => KeyValuePair.Create<string, object?>("server", server);
}
