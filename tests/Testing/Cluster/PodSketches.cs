using System.Text.Json.Nodes;

namespace AgentDeck.Testing.Cluster;

/// <summary>
/// Pods as each system makes them, in names, labels, containers and the order in which they start. Only the resources asked for
/// are smaller, so that many fit on one node, and images are never pulled.
/// </summary>
public static class PodSketches
{
    /// <summary>Any pod with tmux.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="container">The container with tmux.</param>
    /// <param name="session">The tmux session.</param>
    /// <param name="command">What runs in it, as a shell line.</param>
    public static JsonObject Plain(
        string name, IReadOnlyDictionary<string, string> labels, string container = "agent", string session = "main", string command = "exec bash") =>
        Pod(name, labels, new JsonObject { ["containers"] = new JsonArray(Container(container, TestImages.Agent, TmuxScript(session, command))) });

    /// <summary>Any pod without tmux that runs a shell line.</summary>
    public static JsonObject Bare(
        string name, IReadOnlyDictionary<string, string> labels, string command, string container = "agent", string image = TestImages.Shell) =>
        Pod(name, labels, new JsonObject { ["containers"] = new JsonArray(Container(container, image, command)) });

    /// <summary>An agent of Gas City's native provider.</summary>
    public static JsonObject GasCity(GasCitySketch sketch) => GasCityPod.Of(sketch);

    /// <summary>An agent of scion: session <c>scion</c> with the windows <c>agent</c> and <c>shell</c>.</summary>
    /// <param name="grove">The grove.</param>
    /// <param name="agent">The agent's slug.</param>
    /// <param name="command">What runs in the window <c>agent</c>, as a shell line.</param>
    /// <param name="isRoot">Whether the container's user is root, so that tmux is another user's than the one exec gets.</param>
    public static JsonObject Scion(string grove, string agent, string command = "exec bash", bool isRoot = false)
    {
        var tmux = $"tmux new-session -d -s scion -n agent {Quote(command)} \\; set-option -g window-size latest \\; new-window -d -n shell";
        var container = Container("agent", TestImages.Agent, $"{(isRoot ? $"su - scion -c {Quote(tmux)}" : tmux)} && exec sleep infinity");
        container["stdin"] = true;
        container["tty"] = true;
        container["securityContext"] = isRoot
            ? new JsonObject { ["runAsUser"] = 0 }
            : new JsonObject
            {
                ["runAsUser"] = 1000,
                ["runAsGroup"] = 1000,
                ["runAsNonRoot"] = true,
                ["allowPrivilegeEscalation"] = false,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            };
        container["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "workspace", ["mountPath"] = "/workspace" });
        var labels = new Dictionary<string, string>
        {
            ["scion.agent"] = "true",
            ["scion.name"] = agent,
            ["scion.grove"] = grove,
            ["scion.grove_id"] = "7f1c2a3b",
            ["scion.template"] = "default",
            ["scion.harness_config"] = "claude",
            ["scion.harness_auth"] = "api-key",
        };
        var pod = Pod($"{grove}--{agent}", labels, new JsonObject
        {
            ["containers"] = new JsonArray(container),
            ["volumes"] = new JsonArray(new JsonObject { ["name"] = "workspace", ["emptyDir"] = new JsonObject() }),
        });
        pod["metadata"]!["annotations"] = new JsonObject
        {
            ["scion.grove_path"] = $"/home/me/{grove}/.scion",
            ["scion.workspace"] = "/workspace",
            ["scion.homedir"] = "/home/scion",
            ["scion.username"] = "scion",
        };
        return pod;
    }

    /// <summary>An agent of oddjobs: no tmux, everything in the log.</summary>
    /// <param name="id">The agent's id.</param>
    /// <param name="command">What it runs, as a shell line.</param>
    public static JsonObject OddJobs(string id, string command = "echo ready; exec sleep infinity") =>
        Pod($"oj-{id}", new Dictionary<string, string> { ["app"] = "oj-agent", ["oj.dev/agent-id"] = $"oj-{id}" }, new JsonObject
        {
            ["initContainers"] = new JsonArray(Container("clone", TestImages.Shell, "echo cloned")),
            ["containers"] = new JsonArray(Container("agent", TestImages.Shell, command)),
        });

    internal static JsonObject Pod(string name, IReadOnlyDictionary<string, string> labels, JsonObject spec)
    {
        spec["restartPolicy"] = "Never";
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            },
            ["spec"] = spec,
        };
    }

    internal static JsonObject Container(string name, string image, string script) => new()
    {
        ["name"] = name,
        ["image"] = image,
        ["imagePullPolicy"] = "IfNotPresent",
        ["command"] = new JsonArray("/bin/sh", "-c"),
        ["args"] = new JsonArray(script),
        ["workingDir"] = "/workspace",
        ["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = "1m", ["memory"] = "4Mi" },
            ["limits"] = new JsonObject { ["cpu"] = "2", ["memory"] = "4Gi" },
        },
    };

    internal static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string TmuxScript(string session, string command) =>
        $"tmux new-session -d -s {Quote(session)} {Quote(command)} && exec sleep infinity";
}
