using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Asks once what we may do to pods, so that keys which would fail are greyed with the reason.</summary>
/// <param name="api">The cluster.</param>
/// <param name="source">The source's name.</param>
/// <param name="dialect">Whose agents they are.</param>
/// <param name="store">What is told.</param>
internal sealed class PodAccess(IKubernetesApi api, string source, IDialect dialect, FleetStore store)
{
    // Which of the two a WebSocket needs depends on the version of the cluster; with neither it is hopeless.
    private static readonly string[] ExecVerbs = ["create", "get"];

    /// <summary>Why nothing is started where another system makes the pods.</summary>
    public const string WhyNoStart = "its pod is started by the system that owns it";

    /// <summary>Whether the agents of a dialect can be started from here at all.</summary>
    public static bool CanStart(IDialect dialect) => dialect is GasCityDialect or AmbientDialect;

    /// <summary>Notes what needs no question.</summary>
    public void NoteStart() => Note(AccessLimits.None with { Start = CanStart(dialect) ? null : WhyNoStart });

    /// <summary>Asks, and notes the answers with the source. A cluster that does not answer leaves everything allowed: trying tells.</summary>
    public async Task LearnAsync(string? namespaceName, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await Task.WhenAll(ExecVerbs.Select(verb => WhyNotAsync(verb, ResourceKind.Pods, "exec", namespaceName, cancellationToken)));
            var exec = answers.All(reason => reason is not null) ? answers[0] : null;
            var limits = new AccessLimits(
                exec,
                await WhyNotAsync("delete", ResourceKind.Pods, null, namespaceName, cancellationToken),
                await WhyNotAsync("get", ResourceKind.Pods, "log", namespaceName, cancellationToken));
            Note(limits with
            {
                Start = dialect switch
                {
                    // Without commands in the pod its agent would wait for its work space for ever.
                    GasCityDialect => await WhyNotAsync("create", ResourceKind.Pods, null, namespaceName, cancellationToken) ?? exec,
                    AmbientDialect => await WhyNotAsync("patch", AmbientSession.Kind, null, namespaceName, cancellationToken),
                    _ => WhyNoStart,
                },
            });
        }
        catch (KubernetesApiException)
        {
            // The watch tells the operator what is wrong with the cluster.
        }
    }

    private void Note(AccessLimits limits) => store.Apply(edit =>
    {
        if (edit.Sources.FirstOrDefault(status => status.Name == source) is { } status)
        {
            edit.SetSource(status with { Limits = limits });
        }
    });

    private async Task<string?> WhyNotAsync(string verb, ResourceKind kind, string? subresource, string? namespaceName, CancellationToken cancellationToken)
    {
        var question = new AccessQuestion(verb, kind, subresource, namespaceName);
        var answer = await api.ReviewAccessAsync(question, cancellationToken);
        return answer.Allowed
            ? null
            : $"the cluster does not let you {verb} {question.Resource}{(namespaceName is null ? "" : $" in {PlainText.Sanitize(namespaceName)}")}; agentdeck doctor prints the Role that would";
    }
}
