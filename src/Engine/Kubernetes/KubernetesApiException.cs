namespace AgentDeck.Engine.Kubernetes;

/// <summary>A request to a cluster failed. Never carries credentials.</summary>
internal sealed class KubernetesApiException : Exception
{
    /// <summary>Creates the exception; the message is one plain sentence that says what failed, where, and what to do.</summary>
    public KubernetesApiException(KubernetesFault fault, string message, int? statusCode = null, string? reason = null, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
        StatusCode = statusCode;
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>What kind of failure it was.</summary>
    public KubernetesFault Fault { get; }

    /// <summary>The HTTP status, when there was an answer.</summary>
    public int? StatusCode { get; }

    /// <summary>The machine-readable <c>reason</c> of the answer's <c>Status</c> object, for example <c>AlreadyExists</c>.</summary>
    public string? Reason { get; }

    /// <summary>How long the server asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; }
}
