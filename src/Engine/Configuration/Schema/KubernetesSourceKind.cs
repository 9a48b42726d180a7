using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Toml;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary><c>kind = "kubernetes"</c>: pods of a cluster.</summary>
internal sealed class KubernetesSourceKind : ISourceKind
{
    private const string Everywhere = "*";
    private const int MostStreams = 4096;
    private const int LongestName = 63;

    /// <inheritdoc/>
    public string Word => "kubernetes";

    /// <inheritdoc/>
    public SourceSpec? Read(string name, TomlSection section, Func<string, string> resolve)
    {
        var dialect = ReadDialect(section);
        var (namespaces, all) = ReadNamespaces(section);
        var spec = new KubernetesSourceSpec(name, dialect?.Name ?? "")
        {
            Context = ReadText(section, "context", "expected the name of a context of the kubeconfig", value => value.Length > 0),
            Kubeconfig = ReadPath(section, resolve),
            Namespaces = namespaces,
            AllNamespaces = all,
            LabelSelector = ReadText(section, "label_selector", "expected labels as for kubectl get -l, for example \"app=agent\"", value => !string.IsNullOrWhiteSpace(value)),
            Container = ReadText(section, "container", "expected the name of a container: lower-case letters, digits and '-'", IsDnsLabel),
            Session = ReadText(section, "session", "expected the name of a tmux session without ':' and '.', or \"\" where there is no tmux", value => !value.Contains(':', StringComparison.Ordinal) && !value.Contains('.', StringComparison.Ordinal)),
            MaxStreams = ReadMaxStreams(section),
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
        var wrong = items.FirstOrDefault(item => item is not TomlString text || !IsDnsLabel(text.Value));
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
        const string Quantity = "expected a quantity as Kubernetes writes it, for example \"500m\" or \"4Gi\"";
        var usual = new GasCityPodSettings();
        return new GasCityPodSettings(
            ReadText(section, "image", "expected the name of an image", value => value.Length > 0 && !value.Any(char.IsWhiteSpace)),
            ReadText(section, "service_account", "expected the name of a service account", value => value.Length > 0),
            ReadText(section, "cpu_request", Quantity, IsQuantity) ?? usual.CpuRequest,
            ReadText(section, "memory_request", Quantity, IsQuantity) ?? usual.MemoryRequest,
            ReadText(section, "cpu_limit", Quantity, IsQuantity) ?? usual.CpuLimit,
            ReadText(section, "memory_limit", Quantity, IsQuantity) ?? usual.MemoryLimit,
            section.Flag("prebaked", usual.Prebaked));
    }

    private static int ReadMaxStreams(TomlSection section)
    {
        var value = section.Value<TomlInteger>("max_streams", "a whole number");
        if (value is { Value: < 0 or > MostStreams })
        {
            section.Refuse("max_streams", value, $"expected 0 to {MostStreams}");
            return KubernetesSourceSpec.DefaultMaxStreams;
        }

        return (int)(value?.Value ?? KubernetesSourceSpec.DefaultMaxStreams);
    }

    private static string? ReadPath(TomlSection section, Func<string, string> resolve)
    {
        const string Remedy = "expected the path of a kubeconfig file";
        if (ReadText(section, "kubeconfig", Remedy, value => !string.IsNullOrWhiteSpace(value)) is not { } path)
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

    private static string? ReadText(TomlSection section, string key, string remedy, Func<string, bool> isGood)
    {
        var text = section.Text(key);
        if (text is not null && (text.Value.Any(char.IsControl) || !isGood(text.Value)))
        {
            section.Refuse(key, text, remedy);
            return null;
        }

        return text?.Value;
    }

    private static void Require(TomlSection section, IDialect dialect, string key, string remedy)
    {
        if (section.Value(key) is null)
        {
            section.Problems.Error(section.Table.Position, $"{section.Title} has no {key}, and the dialect {dialect.Name} has none of its own: {remedy}");
        }
    }

    private static bool IsDnsLabel(string name) =>
        name.Length is > 0 and <= LongestName && name[0] != '-' && name[^1] != '-' && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    private static bool IsQuantity(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]) && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '.');
}
