namespace AgentDeck.Engine.Kubernetes;

/// <summary>What went wrong between here and the API.</summary>
internal enum KubernetesFault
{
    /// <summary>No answer: refused, timed out, no such host, cut.</summary>
    Unreachable,

    /// <summary>The certificate of the server, or ours, was not accepted.</summary>
    Certificate,

    /// <summary>401: it does not know us.</summary>
    Unauthorized,

    /// <summary>403: it knows us and refuses.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>409: the object changed since it was read, or exists already.</summary>
    Conflict,

    /// <summary>410: the version asked for is compacted; list again.</summary>
    Expired,

    /// <summary>422 or 400: the request makes no sense to the server.</summary>
    Invalid,

    /// <summary>429: too much at once.</summary>
    Throttled,

    /// <summary>Any other answer of 400 and above, or one that is not of the API's form.</summary>
    Server,

    /// <summary>The kubeconfig, or a credential plugin that it names, cannot be used.</summary>
    Configuration,
}
