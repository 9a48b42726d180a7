using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary><c>kind = "kubernetes"</c>: pods of a cluster.</summary>
internal sealed class KubernetesSourceKind : ISourceKind
{
    private const string Everywhere = "*";

    /// <inheritdoc/>
    public string Word => "kubernetes";

    /// <inheritdoc/>
    public SourceSpec? Read(string name, TomlSection section, Func<string, string> resolve)
    {
        var dialect = ReadDialect(section);
        var (namespaces, all) = ReadNamespaces(section);
        var spec = new KubernetesSourceSpec(name, dialect?.Name ?? "")
        {
            Context = KubernetesText.Read(section, "context", "expected the name of a context of the kubeconfig", value => value.Length > 0),
            Kubeconfig = ReadPath(section, resolve),
            Namespaces = namespaces,
            AllNamespaces = all,
            LabelSelector = KubernetesText.Read(section, "label_selector", "expected labels as for kubectl get -l, for example \"app=agent\"", value => !string.IsNullOrWhiteSpace(value)),
            Container = KubernetesText.Read(section, "container", "expected the name of a container: lower-case letters, digits and '-'", KubernetesText.IsDnsLabel),
            Session = KubernetesText.Read(section, "session", KubernetesText.Session, KubernetesText.IsSession),
            MaxStreams = KubernetesText.ReadMaxStreams(section),
            GasCityPods = dialect?.Name == GasCityDialect.Word ? ReadPods(section) : null,
        };
        if (dialect is { Layout.LabelSelector: "" })
        {
            Require(section, dialect, "label_selector", "say which pods, for example \"app=agent\"");
            Require(section, dialect, "container", "say which of their containers is the agent");
        }

        section.WarnAboutUnknownKeys();
        return dialect is null ? null : spec;
    }

    private static IDialect? ReadDialect(TomlSection section)
    {
        var names = KnownDialects.All.Select(dialect => dialect.Name).ToArray();
        if (section.RequiredText("dialect", $"say how the pods are marked: expected one of {string.Join(", ", names)}") is not { } word)
        {
            return null;
        }

        var dialect = KnownDialects.Find(word.Value);
        if (dialect is null)
        {
            section.Refuse("dialect", word, TomlSection.Alternatives(word.Value, names));
        }

        return dialect;
    }

    private static (ImmutableArray<string> Namespaces, bool All) ReadNamespaces(TomlSection section)
    {
        var all = section.Flag("all_namespaces", otherwise: false);
        if (section.Value("namespace") is not { } value)
        {
            return ([], all);
        }

        if (all)
        {
            section.Refuse("namespace", value, "all_namespaces = true watches every namespace already; leave one of the two out");
        }

        if (value is TomlString { Value: Everywhere })
        {
            return ([], true);
        }

        ImmutableArray<TomlValue> items = value is TomlArray array ? [.. array.Items] : [value];
        var wrong = items.FirstOrDefault(item => item is not TomlString text || !KubernetesText.IsDnsLabel(text.Value));
        if (items.IsEmpty || wrong is not null)
        {
            section.Refuse("namespace", wrong ?? value, wrong is TomlString { Value: Everywhere }
                ? "\"*\" for every namespace stands alone"
                : "expected the name of a namespace, an array of names, or \"*\"; leave it out for the context's own");
            return ([], all);
        }

        return ([.. items.Cast<TomlString>().Select(text => text.Value).Distinct(StringComparer.Ordinal)], all);
    }

    private static GasCityPodSettings ReadPods(TomlSection section)
    {
        var usual = new GasCityPodSettings();
        return new GasCityPodSettings(
            KubernetesText.Read(section, "image", KubernetesText.Image, KubernetesText.IsImage),
            KubernetesText.Read(section, "service_account", "expected the name of a service account", value => value.Length > 0),
            KubernetesText.Read(section, "cpu_request", KubernetesText.Quantity, KubernetesText.IsQuantity) ?? usual.CpuRequest,
            KubernetesText.Read(section, "memory_request", KubernetesText.Quantity, KubernetesText.IsQuantity) ?? usual.MemoryRequest,
            KubernetesText.Read(section, "cpu_limit", KubernetesText.Quantity, KubernetesText.IsQuantity) ?? usual.CpuLimit,
            KubernetesText.Read(section, "memory_limit", KubernetesText.Quantity, KubernetesText.IsQuantity) ?? usual.MemoryLimit,
            section.Flag("prebaked", usual.Prebaked));
    }

    private static string? ReadPath(TomlSection section, Func<string, string> resolve)
    {
        const string Remedy = "expected the path of a kubeconfig file";
        if (KubernetesText.Read(section, "kubeconfig", Remedy, value => !string.IsNullOrWhiteSpace(value)) is not { } path)
        {
            return null;
        }

        try
        {
            return resolve(path);
        }
        catch (ArgumentException)
        {
            section.Refuse("kubeconfig", section.Value("kubeconfig")!, Remedy);
            return null;
        }
    }

    private static void Require(TomlSection section, IDialect dialect, string key, string remedy)
    {
        if (section.Value(key) is null)
        {
            section.Problems.Error(section.Table.Position, $"{section.Title} has no {key}, and the dialect {dialect.Name} has none of its own: {remedy}");
        }
    }
}
