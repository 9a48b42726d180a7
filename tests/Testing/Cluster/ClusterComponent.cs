namespace AgentDeck.Testing.Cluster;

/// <summary>A process of the cluster that a fault test can kill or stop.</summary>
public enum ClusterComponent
{
    /// <summary>The store of the API server.</summary>
    Etcd,

    /// <summary>The API server.</summary>
    ApiServer,

    /// <summary>The controller manager, which evicts pods and collects garbage.</summary>
    Controllers,

    /// <summary>The scheduler, which gives new pods their node.</summary>
    Scheduler,

    /// <summary>The container runtime. Containers outlive it.</summary>
    Containerd,

    /// <summary>The node's agent, through which exec and logs go.</summary>
    Kubelet,
}
