namespace AgentDeck.Engine.Configuration;

/// <summary>Whose command line is spoken.</summary>
public enum ContainerRuntime
{
    /// <summary><c>docker</c>.</summary>
    Docker,

    /// <summary><c>podman</c>.</summary>
    Podman,
}
