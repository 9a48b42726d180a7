using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>A mapping of a YAML file, read without reflection. What has the wrong type is an error that names file and line, never the value.</summary>
/// <param name="File">The file, for messages and for paths relative to it.</param>
/// <param name="Node">The mapping.</param>
internal sealed record YamlSection(string File, YamlMappingNode Node)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="KubernetesApiException">It cannot be read or is not YAML.</exception>
    public static YamlSection Load(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents.Count == 0
                ? new YamlSection(file, [])
                : yaml.Documents[0].RootNode is YamlMappingNode root
                    ? new YamlSection(file, root)
                    : throw Fault($"{file} is not a kubeconfig: it holds no mapping");
        }
        catch (YamlException failure)
        {
            throw Fault($"{file} is not valid YAML at line {failure.Start.Line}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Fault($"the kubeconfig {file} cannot be read: {failure.Message}");
        }
    }

    /// <summary>A text; null when it is missing, empty or null.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => IsNull(scalar) ? null : scalar.Value,
        var other => throw Mistyped(other, key, "a text"),
    };

    /// <summary>A yes or no; no when it is missing.</summary>
    public bool Flag(string key) => Text(key) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Mistyped(Find(key)!, key, "true or false"),
    };

    /// <summary>A mapping in this one; null when it is missing.</summary>
    public YamlSection? Section(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => this with { Node = mapping },
        YamlScalarNode scalar when IsNull(scalar) => null,
        var other => throw Mistyped(other, key, "a mapping"),
    };

    /// <summary>A list of mappings; empty when it is missing.</summary>
    public IEnumerable<YamlSection> Sections(string key) =>
        Items(key).Select(item => item is YamlMappingNode mapping ? this with { Node = mapping } : throw Mistyped(item, key, "a list of mappings"));

    /// <summary>A list of texts; empty when it is missing.</summary>
    public IEnumerable<string> Texts(string key) =>
        Items(key).Select(item => item is YamlScalarNode { Value: { } value } ? value : throw Mistyped(item, key, "a list of texts"));

    /// <summary>A path relative to this file; null when it is missing.</summary>
    public string? PathOf(string key) => Text(key) is { } path ? Path.Combine(Path.GetDirectoryName(File)!, path) : null;

    /// <summary>The keys and texts of this mapping.</summary>
    public IEnumerable<string> Keys => Node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    private static KubernetesApiException Fault(string message) => new(KubernetesFault.Configuration, message);

    private static bool IsNull(YamlScalarNode scalar) =>
        string.IsNullOrEmpty(scalar.Value) || (scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null" or "Null" or "NULL");

    private YamlNode? Find(string key) => Node.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private IEnumerable<YamlNode> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        YamlScalarNode scalar when IsNull(scalar) => [],
        var other => throw Mistyped(other, key, "a list"),
    };

    private KubernetesApiException Mistyped(YamlNode node, string key, string expected) =>
        Fault($"{File}, line {node.Start.Line}: {key} must be {expected}");
}
