using System.Text.Json;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Sources.Containers;

/// <summary>Something that happened to a container.</summary>
/// <param name="Id">The container.</param>
/// <param name="IsRemoved">Whether there is no such container any more.</param>
internal readonly record struct ContainerEvent(string Id, bool IsRemoved)
{
    /// <summary>The names of all events that may change what is shown; docker and podman name some differently. Commands that are run in a container are none of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["create", "init", "start", "restart", "die", "died", "stop", "oom", "pause", "unpause", "rename", "update", "destroy", "remove"];

    /// <summary>Reads one line of <c>events</c>; null for what is no event of a container that counts.</summary>
    public static ContainerEvent? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var fields = JsonFields.Of(document.RootElement);
            // podman spells its own fields, and those of docker when it serves its API.
            var id = fields.Object("Actor").OptionalText("ID") ?? fields.OptionalText("ID") ?? fields.OptionalText("id");
            var name = fields.OptionalText("Action") ?? fields.OptionalText("Status") ?? fields.OptionalText("status");
            return id is { Length: > 0 } && name is not null && Names.Contains(name) ? new ContainerEvent(id, name is "destroy" or "remove") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
