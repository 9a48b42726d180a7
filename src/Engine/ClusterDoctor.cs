using System.Runtime.CompilerServices;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;
using AgentDeck.Engine.Kubernetes.Credentials;
using AgentDeck.Engine.Processes;

namespace AgentDeck.Engine;

/// <summary>Looks whether a source of pods can work: its kubeconfig, its server, and what the server lets us do. Changes nothing.</summary>
public static class ClusterDoctor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What was found, one after the other; what depends on something broken is not looked at.</summary>
    /// <param name="declared">The source as the file has it.</param>
    /// <param name="readOnly">Whether what only writing needs is left out.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<SourceFinding> ExamineAsync(
        KubernetesSourceSpec declared, bool readOnly, Func<string, string?> environment, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var spec = GasCityEnvironment.Apply(declared, environment);
        var (api, opened) = Open(spec, environment, time);
        yield return opened;
        if (api is null)
        {
            yield break;
        }

        await using (api)
        {
            string?[] places = spec.AllNamespaces ? [null] : spec.Namespaces.IsEmpty ? [api.Namespace] : [.. spec.Namespaces];
            foreach (var place in places)
            {
                await foreach (var finding in AskAsync(api, spec, place, readOnly, time, cancellationToken))
                {
                    yield return finding;
                }
            }
        }
    }

    private static (IKubernetesApi? Api, SourceFinding Finding) Open(KubernetesSourceSpec spec, Func<string, string?> environment, TimeProvider time)
    {
        try
        {
            var files = KubeconfigFiles.Find(spec.Kubeconfig, environment);
            var api = new KubernetesConnector(new LocalCommandRunner(time), environment, time, static () => 0).Open(spec.Context, spec.Kubeconfig);
            return (api, new SourceFinding(true, files.Count == 0 ? $"in a pod: its service account, server {Plain(api.Server)}" : Describe(Kubeconfig.Load(files), spec.Context, api)));
        }
        catch (KubernetesApiException failure)
        {
            return (null, new SourceFinding(false, Plain(failure.Message)));
        }
    }

    private static string Describe(Kubeconfig config, string? context, IKubernetesApi api)
    {
        var used = string.IsNullOrEmpty(context) ? $"{config.CurrentContext}, its current one" : context;
        return Plain($"kubeconfig {config.Files} with {string.Join(", ", config.Contexts.Order(StringComparer.Ordinal))}; uses {used}, server {api.Server}");
    }

    private static async IAsyncEnumerable<SourceFinding> AskAsync(
        IKubernetesApi api, KubernetesSourceSpec spec, string? place, bool readOnly, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dialect = KnownDialects.Find(spec.Dialect)!;
        var where = place is null ? "in all namespaces" : $"in {Plain(place)}";
        var isMissing = false;
        foreach (var right in PodRight.Of(dialect, readOnly))
        {
            var (refused, failure) = await RefusedAsync(api, right, place, time, cancellationToken);
            if (failure is not null)
            {
                yield return new SourceFinding(false, Plain(failure));
                yield break;
            }

            var isRefused = right.OneVerbIsEnough ? refused.Length == right.Verbs.Length : refused.Length > 0;
            isMissing |= isRefused;
            yield return new SourceFinding(
                !isRefused,
                isRefused
                    ? $"you may not {string.Join(", ", refused)} {right.Resource} {where}, so you cannot {right.For}"
                    : $"you may {string.Join(", ", right.Verbs.Except(refused))} {right.Resource} {where}: {right.For}");
        }

        if (isMissing)
        {
            yield return new SourceFinding(
                false,
                $"something is missing {where}",
                "ask whoever administers the cluster to apply this, with you as its subject:\n" + RoleManifest.Write(spec.Dialect, place, readOnly, "agentdeck"));
        }
    }

    private static async Task<(string[] Refused, string? Failure)> RefusedAsync(IKubernetesApi api, PodRight right, string? place, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var answers = await Task.WhenAll(right.Verbs.Select(verb => api.ReviewAccessAsync(new AccessQuestion(verb, right.Kind, right.Subresource, place), either.Token)));
            return ([.. right.Verbs.Where((_, index) => !answers[index].Allowed)], null);
        }
        catch (KubernetesApiException failure)
        {
            return ([], failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], $"{api.Server} did not answer within {Patience.TotalSeconds:0} s; look whether its address is right and nothing stands between");
        }
    }

    private static string Plain(string text) => PlainText.Sanitize(text);
}
