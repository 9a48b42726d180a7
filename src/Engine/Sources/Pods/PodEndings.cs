using AgentDeck.Engine.Dialects;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources.Pods;

/// <summary>What became of declared agents whose pods are gone, by name: without a pod they have no namespace. Whoever holds it keeps callers apart.</summary>
internal sealed class PodEndings
{
    private static readonly PhaseJudgement Replaced = new(AgentPhase.Pending, "Replaced", "its pod was removed to make room for the next one");

    private static readonly PhaseJudgement BrokenOff = new(AgentPhase.Pending, "StartBrokenOff", "its start was broken off before it had a pod");

    private readonly Dictionary<string, PhaseJudgement> _endings = [];

    /// <summary>What became of an agent; null while it has a pod, or never had one.</summary>
    public PhaseJudgement? Of(string agent) => _endings.TryGetValue(agent, out var ending) ? ending : null;

    /// <summary>What became of an agent that had a pod under an engine before this one and has none when this one first looks; null when nothing is to be said.</summary>
    /// <param name="remembered">How it was known, or null.</param>
    /// <param name="shown">What this engine shows of it; null before it shows anything.</param>
    /// <param name="thing">What it had: a pod, or a container.</param>
    public static PhaseJudgement? Before(PhaseJudgement? remembered, AgentStatus? shown, string thing) =>
        shown is not (null or { Phase: AgentPhase.Unknown }) ? null
        : remembered is { Phase: AgentPhase.Running } ? new PhaseJudgement(AgentPhase.Failed, "PodGone", $"its {thing} is gone, and nobody here saw why")
        : remembered;

    /// <summary>Notes that the last pod of an agent is gone.</summary>
    /// <param name="track">What was known of it.</param>
    /// <param name="thing">What it is: a pod, or a container.</param>
    /// <param name="status">What was shown of the agent; null when nothing was.</param>
    public void Note(PodTrack track, string thing, AgentStatus? status) => _endings[track.Agent.Name] =
        track.Request == PhaseRequest.Stop ? PhaseRules.Stopped
        : EndMark.Of(track.Pod) == EndMark.Replaced ? Replaced
        // What ended before its pod went ended as it did.
        : status is { Phase: AgentPhase.Stopped or AgentPhase.Completed or AgentPhase.Failed } ? new PhaseJudgement(status.Phase, status.Reason, status.Message)
        : PodEnds.Lost(track.Pod, thing);

    /// <summary>Notes that an agent without a pod is to stay so.</summary>
    public void NoteStop(string agent) => _endings[agent] = PhaseRules.Stopped;

    /// <summary>Notes that an agent gets no pod yet, unless it has one or more is known of it.</summary>
    public void NoteBrokenOff(string agent) => _endings.TryAdd(agent, BrokenOff);

    /// <summary>Notes that an agent has a pod.</summary>
    public void Remove(string agent) => _endings.Remove(agent);

    /// <summary>Forgets all but these.</summary>
    public void KeepOnly(IReadOnlyCollection<string> agents)
    {
        foreach (var agent in _endings.Keys.Except(agents).ToList())
        {
            _endings.Remove(agent);
        }
    }
}
