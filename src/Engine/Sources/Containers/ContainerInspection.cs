using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>What <c>container inspect</c> is asked for, and how its answers are read. Pure.</summary>
internal static class ContainerInspection
{
    /// <summary>The template, in fields that docker and podman share. What is not needed, above all the environment with its secrets, never leaves the runtime.</summary>
    public const string Format =
        """{"id":{{json .ID}},"name":{{json .Name}},"created":{{json .Created}},"state":{{json .State.Status}},"exitCode":{{json .State.ExitCode}},"oom":{{json .State.OOMKilled}},"started":{{json .State.StartedAt}},"finished":{{json .State.FinishedAt}},"image":{{json .Config.Image}},"labels":{{json .Config.Labels}},"restarts":{{json .RestartCount}},"memory":{{json .HostConfig.Memory}}}""";

    private const int MostLabels = 256;
    private const int LongestLabel = 1024;

    /// <summary>The containers in what was printed, one line each; what is no container is left out.</summary>
    public static IEnumerable<ContainerInfo> Read(string printed) =>
        printed.Split('\n').Select(ReadLine).OfType<ContainerInfo>();

    private static ContainerInfo? ReadLine(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var fields = JsonFields.Of(document.RootElement);
            return fields.OptionalText("id") is { Length: > 0 } id ? Read(PlainText.Sanitize(id), fields) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // docker writes a slash before names.
    private static ContainerInfo Read(string id, JsonFields fields) =>
        new(id, PlainText.Sanitize(fields.Text("name").TrimStart('/')), PlainText.Sanitize(fields.Text("state")))
        {
            Labels = fields.Texts("labels", MostLabels, LongestLabel),
            Image = PlainText.Sanitize(fields.Text("image")),
            CreatedAt = fields.Time("created"),
            StartedAt = fields.Time("started"),
            FinishedAt = fields.Time("finished"),
            ExitCode = fields.SmallInteger("exitCode"),
            OutOfMemory = fields.Flag("oom"),
            Restarts = fields.SmallInteger("restarts") ?? 0,
            MemoryLimit = fields.Integer("memory") is > 0 and var bytes ? bytes : null,
        };
}
