using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Store;

/// <summary>Takes secrets out of events: what they quote of agents, pods and servers. What operators asked for was redacted where it was recorded.</summary>
internal static class FleetEventRedaction
{
    /// <summary>The event without secrets.</summary>
    public static FleetEvent Of(FleetEvent happened, Func<string, string> redact) => happened switch
    {
        AgentGone gone => gone with { Reason = redact(gone.Reason) },
        PhaseChanged changed => changed with { Reason = redact(changed.Reason) },
        ActivityChanged changed => changed with { Why = redact(changed.Why) },
        ConditionChanged changed => changed with { Message = redact(changed.Message) },
        AgentQuarantined quarantined => quarantined with { Reason = redact(quarantined.Reason) },
        SourceLinkChanged { Error: { } error } changed => changed with { Error = redact(error) },
        _ => happened,
    };
}
