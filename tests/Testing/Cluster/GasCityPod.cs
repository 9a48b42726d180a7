using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace AgentDeck.Testing.Cluster;

/// <summary>The pod of an agent of Gas City, whose city is <c>/city</c> and whose work directory is <c>/city/demo</c>.</summary>
internal static class GasCityPod
{
    private const string City = "/city";
    private const string WorkDirectory = "/workspace/demo";
    private const int LongestName = 63;

    public static JsonObject Of(GasCitySketch sketch)
    {
        var agent = PodSketches.Container("agent", TestImages.Agent, Entrypoint(sketch));
        agent["workingDir"] = WorkDirectory;
        agent["stdin"] = true;
        agent["tty"] = true;
        agent["env"] = Environment(sketch);
        agent["volumeMounts"] = new JsonArray(
            Mount("ws", "/workspace"), Mount("claude-config", "/tmp/claude-secret", isReadOnly: true), Mount("city", City));
        if (sketch.LinuxUser is not null)
        {
            agent["securityContext"] = new JsonObject { ["runAsUser"] = 0 };
        }

        var spec = new JsonObject
        {
            ["containers"] = new JsonArray(agent),
            ["volumes"] = new JsonArray(
                Volume("ws", "emptyDir", new JsonObject()),
                Volume("claude-config", "secret", new JsonObject { ["secretName"] = "claude-credentials", ["optional"] = true }),
                Volume("city", "emptyDir", new JsonObject())),
        };
        if (sketch.IsStaged)
        {
            var stage = PodSketches.Container("stage", TestImages.Agent, "while [ ! -f /workspace/.gc-ready ]; do sleep 0.5; done");
            stage["volumeMounts"] = new JsonArray(Mount("ws", "/workspace"), Mount("city", "/city-stage"));
            spec["initContainers"] = new JsonArray(stage);
        }

        var labels = new Dictionary<string, string>
        {
            ["app"] = "gc-agent",
            ["gc-session"] = Label(sketch.Session),
            ["gc-agent"] = Label(sketch.Alias ?? sketch.Session),
        };
        var pod = PodSketches.Pod(PodName(sketch.Session), labels, spec);
        pod["metadata"]!["annotations"] = new JsonObject { ["gc-session-name"] = sketch.Session };
        return pod;
    }

    internal static string PodName(string session)
    {
        var cleaned = string.Concat(session.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')).TrimStart('-');
        var name = Cut(cleaned).TrimEnd('-');
        return name.Length > 0 ? name : "unknown";
    }

    internal static string Label(string value)
    {
        var cleaned = string.Concat(value.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '-'));
        var label = Cut(cleaned.TrimStart('-', '_', '.')).TrimEnd('-', '_', '.');
        return label.Length > 0 ? label : "unknown";
    }

    private static string Cut(string text) => text.Length > LongestName ? text[..LongestName] : text;

    private static string Entrypoint(GasCitySketch sketch)
    {
        var script = new StringBuilder();
        if (sketch.LinuxUser is { } user)
        {
            script.Append(CultureInfo.InvariantCulture, $"id {user} >/dev/null 2>&1 || useradd -m -s /bin/bash {user}; ")
                .Append(CultureInfo.InvariantCulture, $"mkdir -p {WorkDirectory} && chown {user} {WorkDirectory}; export HOME=/home/{user}; ");
        }

        script.Append("mkdir -p $HOME/.claude; cp -rL /tmp/claude-secret/. $HOME/.claude/ 2>/dev/null; ");
        script.Append("git config --global --add safe.directory '*' 2>/dev/null; ");
        script.Append("while [ ! -f /workspace/.gc-workspace-ready ]; do sleep 0.5; done; ");
        foreach (var command in sketch.PreStart)
        {
            script.Append(CultureInfo.InvariantCulture, $"echo {Encode(command)} | base64 -d | sh; ");
        }

        var start = $"CMD=$(echo {Encode(sketch.Command)} | base64 -d) && tmux new-session -d -s main \"$CMD\" && sleep infinity";
        script.Append(sketch.LinuxUser is { } owner ? $"su - {owner} -c {PodSketches.Quote($"cd {WorkDirectory} && {start}")}" : start);
        return script.ToString();
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static JsonArray Environment(GasCitySketch sketch)
    {
        var variables = new JsonArray(
            Variable("GC_CITY", "/workspace"),
            Variable("GC_DIR", WorkDirectory),
            Variable("GC_SESSION_NAME", sketch.Session),
            Variable("GC_AGENT", sketch.Alias ?? sketch.Session),
            Variable("GC_PROVIDER", "claude"),
            Variable("GC_INSTANCE_TOKEN", "0123456789abcdef0123456789abcdef"),
            Variable("GC_TMUX_SESSION", "main"),
            Variable("CLAUDE_CONFIG_DIR", $"/home/{sketch.LinuxUser ?? "gcagent"}/.claude"),
            new JsonObject
            {
                ["name"] = "GITHUB_TOKEN",
                ["valueFrom"] = new JsonObject
                {
                    ["secretKeyRef"] = new JsonObject { ["name"] = "git-credentials", ["key"] = "token", ["optional"] = true },
                },
            });
        if (sketch.Alias is not null)
        {
            variables.Add(Variable("GC_ALIAS", sketch.Alias));
        }

        if (sketch.LinuxUser is not null)
        {
            variables.Add(Variable("LINUX_USERNAME", sketch.LinuxUser));
        }

        return variables;
    }

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject Volume(string name, string kind, JsonObject source) => new() { ["name"] = name, [kind] = source };

    private static JsonObject Mount(string volume, string path, bool isReadOnly = false) =>
        new() { ["name"] = volume, ["mountPath"] = path, ["readOnly"] = isReadOnly };
}
