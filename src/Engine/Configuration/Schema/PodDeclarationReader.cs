using System.Collections.Immutable;
using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Configuration.Schema;

/// <summary>Reads what <c>[[agent]]</c> says of the pod that is made for it, and of nothing else.</summary>
internal static class PodDeclarationReader
{
    private static readonly string[] Keys = ["image", "cpu_request", "memory_request", "cpu_limit", "memory_limit"];

    /// <summary>Reads it.</summary>
    /// <param name="section">The table of the agent.</param>
    /// <param name="secrets">The variables that are in secrets.</param>
    /// <param name="prebaked">Whether the image of the source's pods holds the work space already.</param>
    public static PodDeclaration Read(TomlSection section, ImmutableDictionary<string, SecretReference> secrets, bool prebaked)
    {
        if (prebaked && section.Value("stage") is { } stage)
        {
            section.Problems.Warn(stage.Position, "stage in [[agent]] is ignored: its source has prebaked = true, so nothing is copied into its pods");
        }

        return new PodDeclaration
        {
            Image = KubernetesText.Read(section, "image", KubernetesText.Image, KubernetesText.IsImage),
            CpuRequest = ReadQuantity(section, "cpu_request"),
            MemoryRequest = ReadQuantity(section, "memory_request"),
            CpuLimit = ReadQuantity(section, "cpu_limit"),
            MemoryLimit = ReadQuantity(section, "memory_limit"),
            Secrets = secrets,
        };
    }

    /// <summary>Warns about every key that says how a pod is made, where none is made.</summary>
    /// <param name="section">The table of the agent.</param>
    /// <param name="source">Its source; null when that is wrong, which is told already.</param>
    public static void WarnAboutKeys(TomlSection section, string? source) => section.WarnAboutIgnored(
        Keys, source is null ? null : $"it says how a pod is made, and none is made in {source}, only where dialect is \"{GasCityDialect.Word}\"");

    private static string? ReadQuantity(TomlSection section, string key) => KubernetesText.Read(section, key, KubernetesText.Quantity, KubernetesText.IsQuantity);
}
