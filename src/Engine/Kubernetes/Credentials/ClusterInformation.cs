using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AgentDeck.Engine.Kubernetes.Credentials;

/// <summary>What a credential plugin is told about the cluster when it asks for that: <c>spec.cluster</c> of its <c>ExecCredential</c>.</summary>
internal static class ClusterInformation
{
    private const string Extension = "client.authentication.k8s.io/exec";

    /// <summary>Writes it as JSON.</summary>
    public static string Write(YamlSection cluster, Uri server, string? authority)
    {
        var information = new JsonObject { ["server"] = server.AbsoluteUri };
        if (cluster.Text("tls-server-name") is { } name)
        {
            information["tls-server-name"] = name;
        }

        if (cluster.Flag("insecure-skip-tls-verify"))
        {
            information["insecure-skip-tls-verify"] = true;
        }

        if (authority is not null)
        {
            information["certificate-authority-data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(authority));
        }

        if (cluster.Text("proxy-url") is { } proxy)
        {
            information["proxy-url"] = proxy;
        }

        var extension = cluster.Sections("extensions").FirstOrDefault(item => item.Text("name") == Extension);
        if (extension?.Node.Children.TryGetValue(new YamlScalarNode("extension"), out var configuration) == true)
        {
            information["config"] = Json(configuration);
        }

        return information.ToJsonString();
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create((pair.Key as YamlScalarNode)?.Value ?? "", Json(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => JsonValue.Create(true),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => JsonValue.Create(false),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };
}
