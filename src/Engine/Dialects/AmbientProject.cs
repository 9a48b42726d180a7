using System.Text.Json;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Kubernetes;

namespace AgentDeck.Engine.Dialects;

/// <summary>What is used of the <c>ProjectSettings</c> of a namespace, of which the Ambient Code Platform has one each.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="InactivityTimeout">After how long without activity sessions are stopped that do not say themselves; zero for never, null when it does not say.</param>
internal sealed record AmbientProject(string Namespace, TimeSpan? InactivityTimeout)
{
    private const string OnlyName = "projectsettings";

    /// <summary>Where the API keeps them.</summary>
    public static readonly ResourceKind Kind = new("vteam.ambient-code", "v1alpha1", "projectsettings");

    /// <summary>Reads one; null when it is not the one that counts. Total, like <see cref="AmbientSessionReader"/>.</summary>
    /// <param name="json">The object as the API gave it, whatever it is.</param>
    /// <param name="warn">Takes one sentence for each field that cannot be used.</param>
    public static AmbientProject? Read(JsonElement json, Action<string> warn)
    {
        var project = new JsonFields(json, "", warn);
        var metadata = project.Object("metadata");
        var seconds = project.Object("spec").Integer("inactivityTimeoutSeconds");
        return metadata.OptionalText("name") == OnlyName
            ? new AmbientProject(PlainText.Sanitize(metadata.Text("namespace")), seconds is >= 0 and <= int.MaxValue ? TimeSpan.FromSeconds(seconds.Value) : null)
            : null;
    }
}
