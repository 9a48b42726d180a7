using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>The variables of an agent's container, made of those of its session by Gas City's rules. Pure. Values may be secrets.</summary>
internal static class GasCityVariables
{
    /// <summary>Where the database of a Gas City in the cluster is, when a session names none that can be reached from a pod.</summary>
    private const string DatabaseHost = "dolt.gc.svc.cluster.local";
    private const string DatabasePort = "3307";

    // They say how a controller is set up, which is another matter than the agent's.
    private static readonly ImmutableArray<string> Removed =
    [
        "GC_BEADS", "GC_SESSION", "GC_EVENTS", "GC_K8S_DOLT_HOST", "GC_K8S_DOLT_PORT",
        "GC_DOLT_HOST", "GC_DOLT_PORT", "BEADS_DOLT_SERVER_HOST", "BEADS_DOLT_SERVER_PORT",
    ];

    private static readonly ImmutableArray<string> Paths = ["GC_STORE_ROOT", "GC_RIG_ROOT", "BEADS_DIR", "GT_ROOT", "GC_CITY_RUNTIME_DIR", "GC_PACK_STATE_DIR", "GC_PACK_DIR"];
    private static readonly ImmutableArray<string> Loopbacks = ["", "127.0.0.1", "localhost", "0.0.0.0", "::1", "::"];

    /// <summary>The list <c>env</c> of the container, by name.</summary>
    /// <param name="values">The variables of the session.</param>
    /// <param name="secrets">Those whose values are in secrets; they win over values.</param>
    /// <param name="directory">The working directory in the pod.</param>
    /// <exception cref="ArgumentException">A host of the database without a port; the message is for people.</exception>
    public static JsonArray Of(ImmutableDictionary<string, string> values, ImmutableDictionary<string, SecretReference> secrets, string directory)
    {
        var city = GasCityPaths.CityOf(name => values.GetValueOrDefault(name));
        var variables = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            variables[name] = Value(name, GasCityPaths.CityVariables.Contains(name) ? GasCityPaths.WorkSpace
                : name == "GC_DIR" ? directory
                : Paths.Contains(name) ? GasCityPaths.TranslatePath(city, value)
                : value);
        }

        foreach (var (name, secret) in secrets)
        {
            variables[name] = Secret(name, secret, optional: false);
        }

        foreach (var name in Removed)
        {
            variables.Remove(name);
        }

        if (Database(values.GetValueOrDefault("GC_DOLT_HOST", ""), values.GetValueOrDefault("GC_DOLT_PORT", "")) is var (host, port))
        {
            variables["GC_DOLT_HOST"] = Value("GC_DOLT_HOST", host);
            variables["GC_DOLT_PORT"] = Value("GC_DOLT_PORT", port);
            variables["BEADS_DOLT_SERVER_HOST"] = Value("BEADS_DOLT_SERVER_HOST", host);
            variables["BEADS_DOLT_SERVER_PORT"] = Value("BEADS_DOLT_SERVER_PORT", port);
        }

        variables["GC_TMUX_SESSION"] = Value("GC_TMUX_SESSION", GasCityEntrypoint.Session);
        variables.TryAdd("CLAUDE_CONFIG_DIR", Value("CLAUDE_CONFIG_DIR", $"/home/{UserOf(values) ?? "gcagent"}/.claude"));
        variables.TryAdd("GITHUB_TOKEN", Secret("GITHUB_TOKEN", new SecretReference("git-credentials", "token"), optional: true));
        return new JsonArray([.. variables.Values]);
    }

    /// <summary>The user that the agent runs as; null for the container's own.</summary>
    public static string? UserOf(ImmutableDictionary<string, string> values) => values.GetValueOrDefault(PodReader.LinuxUser) is { Length: > 0 } user ? user : null;

    /// <summary>How a pod reaches the database that a session names; null when it names none.</summary>
    /// <exception cref="ArgumentException">A host without a port; the message is for people.</exception>
    public static (string Host, string Port)? Database(string host, string port) => (host, port) switch
    {
        ("", "") => null,
        (_, "") => throw new ArgumentException("requires both GC_DOLT_HOST and GC_DOLT_PORT when GC_DOLT_HOST is set"),
        _ when Loopbacks.Contains(host) => (DatabaseHost, DatabasePort),
        _ => (host, port),
    };

    private static JsonObject Value(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject Secret(string name, SecretReference secret, bool optional)
    {
        var reference = new JsonObject { ["name"] = secret.Name, ["key"] = secret.Key };
        if (optional)
        {
            reference["optional"] = true;
        }

        return new JsonObject { ["name"] = name, ["valueFrom"] = new JsonObject { ["secretKeyRef"] = reference } };
    }
}
