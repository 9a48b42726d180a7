namespace AgentDeck.Engine.Domain;

/// <summary>When an agent that keeps ending is left alone for a while. The numbers are those of Gas City's reconciler.</summary>
public sealed record CrashLoopLimits
{
    /// <summary>A run shorter than this ended rapidly. Default 30 s.</summary>
    public TimeSpan Rapid { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>So many rapid ends in a row are a crash loop. Default 5.</summary>
    public int RapidLimit { get; init; } = 5;

    /// <summary>A run shorter than this ended early. Default 5 min.</summary>
    public TimeSpan Early { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So many early ends in a row are a crash loop. Default 3.</summary>
    public int EarlyLimit { get; init; } = 3;

    /// <summary>How long a crash loop is left alone. Default 5 min.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait before the first start that follows an end; it doubles with each early end, up to half a minute. Default 1 s.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);
}
