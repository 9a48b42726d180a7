using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Reconciliation;

/// <summary>What becomes of a request when another one comes before it is done. Pure.</summary>
internal static class RequestRules
{
    /// <summary>The request after a new one; the very same when the new one asks for nothing more.</summary>
    public static OperatorRequest Merge(OperatorRequest? current, RequestKind kind, string by, DateTimeOffset at) => (current?.Kind, kind) switch
    {
        (null, _) => new OperatorRequest(kind, by, at),
        (RequestKind.Start, RequestKind.Start) or (RequestKind.Stop, RequestKind.Stop) => current!,
        (RequestKind.Restart, RequestKind.Start or RequestKind.Restart) => current!,

        // Pressed while it ends: it ends, and runs again.
        (RequestKind.Stop, RequestKind.Start) when current!.InterruptedAt is null => new OperatorRequest(kind, by, at),
        (RequestKind.Stop, _) => current! with { Kind = RequestKind.Restart, By = by, At = at },

        // A stop beats whatever was to be started.
        (RequestKind.Restart, RequestKind.Stop) when current!.EndedAt is null => current with { Kind = RequestKind.Stop, By = by, At = at },
        _ => new OperatorRequest(kind, by, at),
    };

    /// <summary>Whether who asked for <paramref name="asked"/> gets what it wanted when <paramref name="current"/> is done.</summary>
    public static bool Serves(OperatorRequest current, RequestKind asked) =>
        current.Kind == asked || (current.Kind == RequestKind.Restart && asked == RequestKind.Start);
}
