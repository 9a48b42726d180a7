namespace AgentDeck.Testing.Cluster;

/// <summary>What differs between agents of a Gas City.</summary>
/// <param name="Session">The session name, which may have characters that neither pod names nor labels may have.</param>
public sealed record GasCitySketch(string Session)
{
    /// <summary>What <c>GC_ALIAS</c> says, for example <c>demo-rig/polecat</c>; null leaves it out.</summary>
    public string? Alias { get; init; }

    /// <summary>The agent's command line.</summary>
    public string Command { get; init; } = "/bin/bash";

    /// <summary>The user who owns tmux, as with <c>LINUX_USERNAME</c>; null for the image's own.</summary>
    public string? LinuxUser { get; init; }

    /// <summary>Whether an init container waits for files to be copied, and the agent for its workspace.</summary>
    public bool IsStaged { get; init; } = true;

    /// <summary>Commands to run before the agent.</summary>
    public IReadOnlyList<string> PreStart { get; init; } = [];
}
