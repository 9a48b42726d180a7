namespace AgentDeck.Engine.Kubernetes.Exec;

/// <summary>The first byte of each message of <c>v4.channel.k8s.io</c> and <c>v5.channel.k8s.io</c>.</summary>
internal static class ExecChannel
{
    /// <summary>To the command's standard input.</summary>
    public const byte Input = 0;

    /// <summary>From its standard output.</summary>
    public const byte Output = 1;

    /// <summary>From its standard error.</summary>
    public const byte Error = 2;

    /// <summary>How it ended, as a <c>Status</c> object.</summary>
    public const byte Status = 3;

    /// <summary>The size of its terminal, as <c>{"Width":80,"Height":24}</c>.</summary>
    public const byte Resize = 4;

    /// <summary>Closes the channel that the next byte names; only v5.</summary>
    public const byte Close = 255;
}
