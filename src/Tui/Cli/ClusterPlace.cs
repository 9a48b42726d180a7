using System.Collections.Immutable;
using AgentDeck.Engine.Configuration;

namespace AgentDeck.Tui.Cli;

/// <summary>Where in which cluster, as the command line says it: <c>--context</c>, <c>--namespace</c>, <c>-A</c>.</summary>
/// <param name="Context">The context, or null.</param>
/// <param name="Namespace">The namespace, or null.</param>
/// <param name="IsEverywhere">Whether all namespaces are meant.</param>
internal sealed record ClusterPlace(string? Context, string? Namespace, bool IsEverywhere)
{
    private const string NameWithoutFile = "gc";

    /// <summary>Whether anything was said.</summary>
    public bool IsGiven => Context is not null || Namespace is not null || IsEverywhere;

    /// <summary>
    /// The configuration with every Kubernetes source there. Without a file it is one source of Gas City's pods instead of the
    /// operator's own tmux.
    /// </summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="environment">Reads a variable; what the command line says wins over it.</param>
    /// <exception cref="CliException">No source is in a cluster.</exception>
    public DeckConfiguration Apply(DeckConfiguration configuration, Func<string, string?> environment)
    {
        if (!IsGiven)
        {
            return configuration;
        }

        ImmutableArray<SourceSpec> sources = configuration.File is null ? [new KubernetesSourceSpec(NameWithoutFile, "gascity")] : configuration.Sources;
        return sources.OfType<KubernetesSourceSpec>().Any()
            ? configuration with { Sources = [.. sources.Select(source => source is KubernetesSourceSpec pods ? Apply(pods, environment) : source)] }
            : throw new CliException(ExitCode.Usage, $"--context, --namespace and -A are for sources of kind kubernetes, and {VerbContext.Plain(configuration.File!)} has none");
    }

    private KubernetesSourceSpec Apply(KubernetesSourceSpec declared, Func<string, string?> environment)
    {
        var spec = GasCityEnvironment.Apply(declared, environment);
        return spec with
        {
            Context = Context ?? spec.Context,
            Namespaces = IsEverywhere ? [] : Namespace is { } name ? [name] : spec.Namespaces,
            AllNamespaces = IsEverywhere || (Namespace is null && spec.AllNamespaces),
            IgnoresEnvironment = true,
        };
    }
}
