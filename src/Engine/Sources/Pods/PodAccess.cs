using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Store;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>Asks once what we may do to pods, so that keys which would fail are greyed with the reason.</summary>
internal sealed class PodAccess(IKubernetesApi api, string source, FleetStore store)
{
    // Which of the two a WebSocket needs depends on the version of the cluster; with neither it is hopeless.
    private static readonly string[] ExecVerbs = ["create", "get"];

    /// <summary>Why nothing is started in a source of pods.</summary>
    public const string WhyNoStart = "its pod is started by the system that owns it";

    /// <summary>Notes what needs no question.</summary>
    public void NoteStart() => Note(AccessLimits.None with { Start = WhyNoStart });

    /// <summary>Asks, and notes the answers with the source. A cluster that does not answer leaves everything allowed: trying tells.</summary>
    public async Task LearnAsync(string? namespaceName, CancellationToken cancellationToken)
    {
        try
        {
            var exec = await Task.WhenAll(ExecVerbs.Select(verb => WhyNotAsync(verb, "exec", namespaceName, cancellationToken)));
            var limits = new AccessLimits(
                exec.All(reason => reason is not null) ? exec[0] : null,
                await WhyNotAsync("delete", null, namespaceName, cancellationToken),
                await WhyNotAsync("get", "log", namespaceName, cancellationToken));
            Note(limits with { Start = WhyNoStart });
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

    private async Task<string?> WhyNotAsync(string verb, string? subresource, string? namespaceName, CancellationToken cancellationToken)
    {
        var question = new AccessQuestion(verb, ResourceKind.Pods, subresource, namespaceName);
        var answer = await api.ReviewAccessAsync(question, cancellationToken);
        return answer.Allowed
            ? null
            : $"the cluster does not let you {verb} {question.Resource}{(namespaceName is null ? "" : $" in {PlainText.Sanitize(namespaceName)}")}; agentdeck doctor prints the Role that would";
    }
}
