using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;
using AgentDeck.Engine.Sources.Pods.Starting;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>All that a source of pods knows of one agent: its pod, its platform's record, its declaration; at least one of them.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Track">The pod that stands for it, or null while there is none.</param>
/// <param name="Session">Its record on the Ambient Code Platform, or null.</param>
/// <param name="Declared">Its declaration and how often that changed; null when it is only discovered.</param>
internal sealed record AgentView(AgentId Agent, PodTrack? Track, AmbientSession? Session, (AgentSpec Spec, long Generation)? Declared)
{
    /// <summary>What became of it when its last pod went; null while there is one, and before there was any.</summary>
    public PhaseJudgement? Ending { get; init; }

    /// <summary>After how long without activity its project stops it; null when that does not say.</summary>
    public TimeSpan? ProjectTimeout { get; init; }

    /// <summary>How its last start went; null when there was none.</summary>
    public StartNote? Start { get; init; }
}
