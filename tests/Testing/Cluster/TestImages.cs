namespace AgentDeck.Testing.Cluster;

/// <summary>The images of <c>tests/cluster</c>; another cluster must have them under the same names.</summary>
public static class TestImages
{
    /// <summary>bash, tmux, and a user <c>scion</c> (1000) whom root becomes without a password.</summary>
    public const string Agent = "agentdeck.test/agent:1";

    /// <summary>The same without tmux.</summary>
    public const string Shell = "agentdeck.test/shell:1";

    /// <summary>Neither tmux nor bash: only sh and small tools.</summary>
    public const string Sh = "agentdeck.test/sh:1";

    /// <summary>agentdeck itself; there after <see cref="ClusterScript.LoadEngineAsync"/>.</summary>
    public const string Engine = "agentdeck.test/engine:1";
}
