namespace AgentDeck.Engine.Kubernetes;

/// <summary>What the kubelet says of one container.</summary>
/// <param name="Name">Its name within the pod.</param>
/// <param name="Ready">Whether it passes its readiness probe; of an init container whether it is done.</param>
/// <param name="RestartCount">How often it was started again.</param>
/// <param name="State">What it does now.</param>
/// <param name="LastTermination">How it ended the last time before this, or null.</param>
internal sealed record PodContainerStatus(
    string Name,
    bool Ready,
    int RestartCount,
    ContainerState State,
    ContainerTerminated? LastTermination);
