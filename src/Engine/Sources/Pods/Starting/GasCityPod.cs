using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentDeck.Engine.Configuration;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Sources.Pods.Starting;

/// <summary>
/// Makes the pod of a declared agent as Gas City's provider makes its own, so that each can manage what the other started. The image is
/// only pulled where it is missing, as Gas City's script has it. Pure.
/// </summary>
internal static class GasCityPod
{
    private const int HashLength = 32;
    private const string City = "city";
    private const string WorkSpace = "ws";
    private const string Claude = "claude-config";

    /// <summary>The plan for an agent.</summary>
    /// <param name="spec">Its declaration, with that of a pod.</param>
    /// <param name="settings">What its source says of all pods.</param>
    /// <param name="namespaceName">Where it goes.</param>
    /// <exception cref="TransportException">No pod can be made of it; the message says what is missing.</exception>
    public static PodPlan Plan(AgentSpec spec, GasCityPodSettings settings, string namespaceName)
    {
        var pod = spec.Pod ?? throw new ArgumentException("its source makes no pods", nameof(spec));
        var image = pod.Image ?? settings.Image
            ?? throw new TransportException(TransportFault.Denied, "no image is named for its pod: set image in its [[agent]] or [[source]], or GC_K8S_IMAGE");
        var stages = !spec.Setup.Stage.IsEmpty && !settings.Prebaked;
        var city = GasCityPaths.CityOf(name => spec.Environment.GetValueOrDefault(name));
        var directory = GasCityPaths.DirectoryInPod(city, spec.Directory);
        var mountsCity = city is not null && !settings.Prebaked && spec.Directory != city;
        var agent = Agent(spec, settings, image, city, directory);
        agent["volumeMounts"] = Mounts(settings.Prebaked, mountsCity ? city : null);
        var body = new JsonObject { ["restartPolicy"] = "Never", ["containers"] = new JsonArray(agent), ["volumes"] = Volumes(settings.Prebaked, mountsCity) };
        if (settings.ServiceAccount is { Length: > 0 } account)
        {
            body["serviceAccountName"] = account;
        }

        if (stages)
        {
            body["initContainers"] = new JsonArray(Stage(image, mountsCity));
        }

        var metadata = new JsonObject
        {
            ["name"] = GasCityNames.PodOf(spec.Name),
            ["labels"] = Labels(spec),
            ["annotations"] = new JsonObject { [GasCityDialect.SessionAnnotation] = spec.Name },
        };
        var manifest = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = body };
        var hash = Hash(manifest, spec.Setup);
        metadata["namespace"] = namespaceName;
        metadata["annotations"]![PodPlan.HashAnnotation] = hash;
        return new PodPlan(spec, namespaceName, manifest, hash)
        {
            Name = GasCityNames.PodOf(spec.Name),
            Selector = $"{GasCityDialect.SessionLabel}={GasCityNames.LabelOf(spec.Name)}",
            Stages = stages,
            WaitsForWorkSpace = !settings.Prebaked,
            HasCity = stages && mountsCity,
        };
    }

    private static JsonObject Agent(AgentSpec spec, GasCityPodSettings settings, string image, string? city, string directory)
    {
        var pod = spec.Pod!;
        var user = GasCityVariables.UserOf(spec.Environment);
        if (user is not null && UserName.Checked(user) is null)
        {
            throw new TransportException(TransportFault.Denied, "LINUX_USERNAME in env is not the name of a user: use letters, digits, '-' and '_'");
        }

        var agent = new JsonObject
        {
            ["name"] = "agent",
            ["image"] = image,
            ["imagePullPolicy"] = "IfNotPresent",
            ["workingDir"] = directory,
            ["command"] = new JsonArray("/bin/sh", "-c"),
            ["args"] = new JsonArray(GasCityEntrypoint.Of(
                GasCityPaths.Translate(city, spec.Command), [.. spec.Setup.PreStart.Select(line => GasCityPaths.Translate(city, line))], directory, user, settings.Prebaked)),
            ["stdin"] = true,
            ["tty"] = true,
            ["env"] = Variables(spec, directory),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["cpu"] = pod.CpuRequest ?? settings.CpuRequest, ["memory"] = pod.MemoryRequest ?? settings.MemoryRequest },
                ["limits"] = new JsonObject { ["cpu"] = pod.CpuLimit ?? settings.CpuLimit, ["memory"] = pod.MemoryLimit ?? settings.MemoryLimit },
            },
        };
        if (user is not null)
        {
            agent["securityContext"] = new JsonObject { ["runAsUser"] = 0 };
        }

        return agent;
    }

    // Gas City's controller always names the session and its agent; its tools in the pod ask for both.
    private static JsonArray Variables(AgentSpec spec, string directory)
    {
        var values = spec.Environment;
        values = values.ContainsKey("GC_SESSION_NAME") ? values : values.Add("GC_SESSION_NAME", spec.Name);
        values = values.ContainsKey("GC_AGENT") ? values : values.Add("GC_AGENT", AliasOf(spec) ?? spec.Name);
        try
        {
            return GasCityVariables.Of(values, spec.Pod!.Secrets, directory);
        }
        catch (ArgumentException failure)
        {
            throw new TransportException(TransportFault.Denied, failure.Message, failure);
        }
    }

    private static string? AliasOf(AgentSpec spec) => spec.Environment.GetValueOrDefault("GC_ALIAS") is { Length: > 0 } alias ? alias : null;

    private static JsonObject Labels(AgentSpec spec)
    {
        var labels = new JsonObject
        {
            ["app"] = GasCityDialect.App,
            [GasCityDialect.SessionLabel] = GasCityNames.LabelOf(spec.Name),
            [GasCityDialect.AgentLabel] = GasCityNames.LabelOf(AliasOf(spec) ?? (spec.Environment.GetValueOrDefault("GC_AGENT") is { Length: > 0 } agent ? agent : spec.Name)),
        };
        foreach (var (name, value) in spec.Setup.Labels.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            labels[name] = value;
        }

        return labels;
    }

    private static JsonObject Stage(string image, bool mountsCity)
    {
        List<JsonNode?> mounts = [Mount(WorkSpace, GasCityPaths.WorkSpace)];
        if (mountsCity)
        {
            mounts.Add(Mount(City, "/city-stage"));
        }

        return new JsonObject
        {
            ["name"] = GasCityDialect.StageContainer,
            ["image"] = image,
            ["imagePullPolicy"] = "IfNotPresent",
            ["command"] = new JsonArray("sh", "-c", GasCityEntrypoint.Stage),
            ["volumeMounts"] = new JsonArray([.. mounts]),
        };
    }

    private static JsonArray Mounts(bool prebaked, string? city)
    {
        List<JsonNode?> mounts = [];
        if (!prebaked)
        {
            mounts.Add(Mount(WorkSpace, GasCityPaths.WorkSpace));
        }

        var secret = Mount(Claude, "/tmp/claude-secret");
        secret["readOnly"] = true;
        mounts.Add(secret);
        if (city is not null)
        {
            mounts.Add(Mount(City, city));
        }

        return new JsonArray([.. mounts]);
    }

    private static JsonArray Volumes(bool prebaked, bool mountsCity)
    {
        List<JsonNode?> volumes = [];
        if (!prebaked)
        {
            volumes.Add(Volume(WorkSpace, "emptyDir", new JsonObject()));
        }

        volumes.Add(Volume(Claude, "secret", new JsonObject { ["secretName"] = "claude-credentials", ["optional"] = true }));
        if (mountsCity)
        {
            volumes.Add(Volume(City, "emptyDir", new JsonObject()));
        }

        return new JsonArray([.. volumes]);
    }

    private static JsonObject Volume(string name, string kind, JsonObject source) => new() { ["name"] = name, [kind] = source };

    private static JsonObject Mount(string volume, string path) => new() { ["name"] = volume, ["mountPath"] = path };

    // What a secret holds is not known here, only its name.
    private static string Hash(JsonObject manifest, AgentSetup setup)
    {
        var rest = new JsonArray(
            [.. setup.SessionSetup.Select(line => JsonValue.Create(line)), setup.SessionSetupScript, .. setup.Stage.Select(file => (JsonNode)new JsonArray(file.From, file.To))]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest.ToJsonString() + rest.ToJsonString())))[..HashLength];
    }
}
