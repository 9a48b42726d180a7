using System.Collections.Immutable;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>Something that we must be allowed to do in a cluster.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Subresource">For example <c>exec</c>; null for the object itself.</param>
/// <param name="Verbs">What.</param>
/// <param name="For">What for, in words for people.</param>
internal sealed record PodRight(ResourceKind Kind, string? Subresource, ImmutableArray<string> Verbs, string For)
{
    /// <summary>What a Role names: <c>pods/exec</c>.</summary>
    public string Resource => Subresource is null ? Kind.Plural : $"{Kind.Plural}/{Subresource}";

    /// <summary>Whether one of the verbs is enough; which one depends on the version of the cluster.</summary>
    public bool OneVerbIsEnough { get; init; }

    /// <summary>What an engine needs to be the one that keeps what is declared.</summary>
    public static IEnumerable<PodRight> Leading { get; } = [new PodRight(ResourceKind.Leases, null, ["get", "create", "patch"], "be the one engine that keeps what is declared")];

    /// <summary>All that is needed for the agents of a dialect, and no more.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="readOnly">Without whatever could change an agent. Running commands could, so there are no screens of tmux then, only logs.</param>
    public static IEnumerable<PodRight> Of(IDialect dialect, bool readOnly)
    {
        yield return new PodRight(ResourceKind.Pods, null, ["list", "watch"], "see agents come, change and go");
        if (dialect is AmbientDialect)
        {
            yield return new PodRight(AmbientSession.Kind, null, readOnly ? ["list", "watch"] : ["list", "watch", "patch"], readOnly ? "see sessions" : "see sessions, start and stop them");
            yield return new PodRight(AmbientProject.Kind, null, ["list", "watch"], "see when idle sessions are stopped");
        }

        yield return new PodRight(ResourceKind.Pods, "log", ["get"], "read logs");
        if (readOnly)
        {
            yield break;
        }

        yield return new PodRight(ResourceKind.Pods, "exec", ["create", "get"], dialect.Layout.Session is null ? "open a shell" : "see screens, nudge, interrupt, attach") { OneVerbIsEnough = true };
        if (dialect is GasCityDialect)
        {
            yield return new PodRight(ResourceKind.Pods, null, ["create", "delete"], "start and stop agents");
            yield return new PodRight(ResourceKind.Pods, null, ["patch"], "tell other engines which agents were stopped on purpose");
        }
        else
        {
            yield return new PodRight(ResourceKind.Pods, null, ["delete"], "stop agents");
        }
    }
}
