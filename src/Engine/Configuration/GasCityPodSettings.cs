namespace AgentDeck.Engine.Configuration;

/// <summary>How pods of Gas City are made; the defaults are those of Gas City itself.</summary>
/// <param name="Image">The agents' image; null when none is named, and then no pod can be made.</param>
/// <param name="ServiceAccount">Their service account; null for the namespace's own.</param>
/// <param name="CpuRequest">What is set aside for one, as Kubernetes writes quantities.</param>
/// <param name="MemoryRequest">Likewise.</param>
/// <param name="CpuLimit">What one may use at most.</param>
/// <param name="MemoryLimit">Likewise.</param>
/// <param name="Prebaked">Whether the image holds the work space already, so that nothing is copied into it.</param>
public sealed record GasCityPodSettings(
    string? Image = null,
    string? ServiceAccount = null,
    string CpuRequest = "500m",
    string MemoryRequest = "1Gi",
    string CpuLimit = "2",
    string MemoryLimit = "4Gi",
    bool Prebaked = false);
